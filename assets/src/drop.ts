// Dragging a sheet in, with its progress: first how much of it has gone, then how far the server is with it. The form is
// an ordinary multipart form; here it is sent by XMLHttpRequest because that is the only sender that tells how much of
// the body has gone.

import { follow, nameOfRequest, watch } from "./watch";

export function enhanceDropZones(page: Document): void {
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-drop]")) {
    const input = form.querySelector<HTMLInputElement>('input[type="file"]');
    if (input !== null) {
      enhance(form, input);
    }
  }
}

function enhance(form: HTMLFormElement, input: HTMLInputElement): void {
  const zone = form.querySelector<HTMLElement>(".drop") ?? form;
  form.querySelector<HTMLElement>("[data-send]")?.toggleAttribute("hidden", true);

  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "dragend", "drop"]) {
    zone.addEventListener(kind, () => zone.classList.remove("over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = event.dataTransfer?.files;
    if (files !== undefined && files.length > 0) {
      input.files = files;
      send(form);
    }
  });
  input.addEventListener("change", () => {
    if (input.files !== null && input.files.length > 0) {
      send(form);
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

function send(form: HTMLFormElement): void {
  if (form.dataset["sending"]) {
    return;
  }
  form.dataset["sending"] = "yes";
  const bar = form.querySelector<HTMLProgressElement>("progress");
  const words = form.querySelector<HTMLElement>("[data-progress]");
  bar?.removeAttribute("hidden");

  const name = nameOfRequest();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("x-progress", name);
  let stop = (): void => undefined;
  request.upload.addEventListener("progress", (event) => {
    if (bar === null || words === null || !event.lengthComputable) {
      return;
    }
    bar.max = event.total;
    bar.value = event.loaded;
    const done = event.loaded === event.total;
    const percent = Math.floor((event.loaded / event.total) * 100);
    words.textContent = done ? (words.dataset["reading"] ?? "") : `${percent}%`;
  });
  request.upload.addEventListener("load", () => {
    // All of it has gone: how long reading it takes, only the server knows. The bar runs without an end.
    bar?.removeAttribute("value");
    stop = watch(name, (said) => {
      if (words !== null) {
        words.textContent = said;
      }
    });
  });
  request.addEventListener("load", () => {
    stop();
    follow(request, form.action, () => enhanceDropZones(document));
  });
  request.addEventListener("error", () => {
    stop();
    delete form.dataset["sending"];
    bar?.setAttribute("hidden", "");
    if (words !== null) {
      words.textContent = words.dataset["failed"] ?? "";
    }
  });
  request.send(new FormData(form));
}
