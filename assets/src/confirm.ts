// One question before a step that cannot be taken back. The words come from the page: `data-confirm` on the form says
// what will happen, the dialog's buttons are the template's own.

export function askBeforeSubmitting(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset["confirm"] === undefined || form.dataset["agreed"]) {
      return;
    }
    const dialog = page.querySelector<HTMLDialogElement>("dialog#confirm");
    if (dialog === null) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const words = dialog.querySelector("[data-words]");
    if (words !== null) {
      words.textContent = form.dataset["confirm"];
    }
    const submitter = event.submitter;
    dialog.addEventListener(
      "close",
      () => {
        if (dialog.returnValue === "yes") {
          form.dataset["agreed"] = "yes";
          form.requestSubmit(submitter);
        }
      },
      { once: true },
    );
    dialog.returnValue = "";
    dialog.showModal();
  });
}
