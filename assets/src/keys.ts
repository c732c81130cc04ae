// The keyboard: j and k walk a list (or the next and previous case), Enter opens, ? tells the keys, Escape closes.

export function listenForKeys(page: Document): void {
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) {
      return;
    }
    switch (event.key) {
      case "j":
        walk(page, 1);
        break;
      case "k":
        walk(page, -1);
        break;
      case "Enter":
        if (event.target === page.body) {
          chosen(page)?.querySelector<HTMLAnchorElement>("a")?.click();
        }
        break;
      case "?":
        page.querySelector<HTMLDialogElement>("dialog#keys")?.showModal();
        break;
      case "Escape":
        if (window.location.hash.startsWith("#move-")) {
          window.location.hash = "main";
        }
        break;
      default:
    }
  });
}

function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, select, textarea, [contenteditable]") !== null;
}

function chosen(page: Document): HTMLElement | null {
  return page.querySelector<HTMLElement>("tr.chosen");
}

function walk(page: Document, step: 1 | -1): void {
  const neighbour = page.querySelector<HTMLAnchorElement>(step === 1 ? "a[rel=next]" : "a[rel=prev]");
  const rows = [...page.querySelectorAll<HTMLElement>("table[data-walk] tbody tr")];
  if (rows.length === 0) {
    neighbour?.click();
    return;
  }
  const at = rows.findIndex((row) => row.classList.contains("chosen"));
  const to = Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[at]?.classList.remove("chosen");
  rows[to]?.classList.add("chosen");
  rows[to]?.scrollIntoView({ block: "nearest" });
}
