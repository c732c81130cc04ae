// A form goes once: the second press of an impatient finger is dropped. The server would refuse it anyway; this spares
// the reader the refusal.

export function submitOnlyOnce(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post") {
      return;
    }
    if (form.dataset["gone"]) {
      event.preventDefault();
      return;
    }
    form.dataset["gone"] = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // The browser's back button shows the page as it was left: let it be used again.
  window.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll<HTMLFormElement>("form[data-gone]")) {
      delete form.dataset["gone"];
      for (const button of form.querySelectorAll("[aria-busy]")) {
        button.removeAttribute("aria-busy");
      }
    }
  });
}
