// A long deed, watched: the request goes with a name of its own, and its progress is asked for under that name until the
// answer comes. Used by the drop zone and by the form that takes a sheet in. Without this file the forms simply post.

interface Progress {
  stage: string | null;
  said: string;
}

/// A name for a request that nobody else guesses; works without HTTPS, where `randomUUID` does not.
export function nameOfRequest(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/// Asks how far the request of this name is and shows it, until it is told to stop.
export function watch(name: string, show: (said: string) => void): () => void {
  let asking = true;
  const ask = async (): Promise<void> => {
    while (asking) {
      await new Promise((wake) => setTimeout(wake, 600));
      if (!asking) {
        return;
      }
      try {
        const answer = await fetch(`/office/progress/${name}`, { headers: { accept: "application/json" } });
        const progress = answer.ok ? ((await answer.json()) as Progress) : null;
        if (asking && progress !== null && progress.said !== "") {
          show(progress.said);
        }
      } catch {
        // The line broke for a moment: the deed itself is another request and goes on.
      }
    }
  };
  void ask();
  return () => {
    asking = false;
  };
}

/// Goes where the answer leads; a page that came in its place is shown in place.
export function follow(request: XMLHttpRequest, from: string, again: () => void): void {
  if (request.status < 400 && request.responseURL !== "" && request.responseURL !== from) {
    window.location.assign(request.responseURL);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  const news = answer.querySelector("main");
  const here = document.querySelector("main");
  if (news === null || here === null) {
    window.location.reload();
    return;
  }
  here.replaceWith(news);
  again();
  news.querySelector<HTMLElement>("[role=alert]")?.focus();
}

/// Forms whose deed may take long (`data-watch`): sent by the script, with a bar that runs and words that say how far.
export function watchLongDeeds(page: Document): void {
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-watch]")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) {
        return;
      }
      event.preventDefault();
      send(form, page);
    });
  }
}

function send(form: HTMLFormElement, page: Document): void {
  if (form.dataset["sending"]) {
    return;
  }
  form.dataset["sending"] = "yes";
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-busy", "true");
  }
  const words = document.createElement("span");
  words.className = "small";
  words.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", form.dataset["watch"] ?? "");
  words.textContent = form.dataset["watch"] ?? "";
  form.append(bar, words);

  const name = nameOfRequest();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("x-progress", name);
  const stop = watch(name, (said) => {
    words.textContent = said;
  });
  request.addEventListener("load", () => {
    stop();
    follow(request, form.action, () => watchLongDeeds(page));
  });
  request.addEventListener("error", () => {
    // What became of it only the page itself can say.
    stop();
    window.location.reload();
  });
  const fields = new URLSearchParams();
  for (const [field, value] of new FormData(form)) {
    if (typeof value === "string") {
      fields.append(field, value);
    }
  }
  request.send(fields);
}
