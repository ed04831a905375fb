// What the pages cannot do without a script. Everything here is an extra: forms and links work alone.
"use strict";

(() => {
  // Upload: show how far it is. The answer of the server is the same as without a script.
  function upload(form) {
    const zone = form.querySelector("[data-dropzone]");
    const frame = form.querySelector("[data-upload-progress]");
    const bar = frame.querySelector("progress");
    const status = form.querySelector("[data-upload-status]");
    const buttons = form.querySelectorAll("button[type=submit]");
    const words = zone.dataset;
    const request = new XMLHttpRequest();

    function show(text) { status.textContent = text; }
    function again(text) {
      frame.hidden = true;
      buttons.forEach((button) => { button.disabled = false; });
      show(text);
    }

    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const percent = Math.floor((100 * event.loaded) / event.total);
      bar.value = percent;
      // A screen reader hears every tenth step, not each.
      const text = words.wordsUploading.replace("{percent}", String(percent));
      if (percent % 10 === 0) show(text);
    });
    request.upload.addEventListener("load", () => { bar.removeAttribute("value"); show(words.wordsReading); });
    request.addEventListener("error", () => again(words.wordsCut));
    request.addEventListener("abort", () => again(words.wordsCut));
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) { window.location.assign(request.responseURL); return; }
      if (request.status === 413) { again(words.wordsLarge); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = page.querySelector("main");
      if (!main) { again(words.wordsFailed); return; }
      document.querySelector("main").replaceWith(document.adoptNode(main));
      begin(document.querySelector("main"));
      (document.querySelector(".field__error, [role=alert]") || main).scrollIntoView({ block: "center" });
    });

    frame.hidden = false;
    bar.value = 0;
    request.open("POST", form.action || window.location.href);
    request.send(new FormData(form));
    // A disabled field is left out of FormData, so this comes last.
    buttons.forEach((button) => { button.disabled = true; });
  }

  function dropzone(zone) {
    const input = zone.querySelector("input[type=file]");
    const stop = (event) => event.preventDefault();
    const over = (on) => zone.classList.toggle("is-over", on);
    zone.addEventListener("dragenter", (event) => { stop(event); over(true); });
    zone.addEventListener("dragover", stop);
    zone.addEventListener("dragleave", (event) => { if (!zone.contains(event.relatedTarget)) over(false); });
    zone.addEventListener("drop", (event) => {
      stop(event);
      over(false);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    // One file is all the form asks for: send it as soon as it is chosen.
    input.addEventListener("change", () => {
      const form = input.form;
      if (input.files.length && form && form.hasAttribute("data-upload-at-once")) form.requestSubmit();
    });
  }

  // Ask before something is deleted: <form data-confirm="Delete …?" data-confirm-detail data-confirm-yes>.
  function confirmFirst(form) {
    const dialog = document.getElementById("confirm");
    document.getElementById("confirm-title").textContent = form.dataset.confirm;
    document.getElementById("confirm-detail").textContent = form.dataset.confirmDetail || "";
    const yes = document.getElementById("confirm-yes");
    if (form.dataset.confirmYes) yes.textContent = form.dataset.confirmYes;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "yes";
      form.requestSubmit();
    }, { once: true });
    dialog.showModal();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.hasAttribute("data-confirm") && !form.dataset.confirmed) {
      event.preventDefault();
      event.stopPropagation();
      confirmFirst(form);
      return;
    }
    delete form.dataset.confirmed;
    if (form.hasAttribute("data-upload") && form.querySelector("[data-dropzone]")) {
      event.preventDefault();
      upload(form);
    }
  }, true);

  // A file dropped beside the field would replace the page.
  for (const kind of ["dragover", "drop"]) {
    window.addEventListener(kind, (event) => { if (document.querySelector("[data-dropzone]")) event.preventDefault(); });
  }

  // The menu closes when the person turns to something else.
  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  }
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details[data-menu][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // Escape puts the note of a term away, until the pointer or the focus comes anew.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".gloss:is(:hover, :focus-within)").forEach((gloss) => {
      gloss.classList.add("is-shut");
      for (const kind of ["pointerleave", "focusout"]) gloss.addEventListener(kind, () => gloss.classList.remove("is-shut"), { once: true });
    });
  });

  // Live pages say in the tab how far they are: <… data-title="42 % · Learning">.
  function title(root) {
    const holder = root.matches && root.matches("[data-title]") ? root : root.querySelector("[data-title]");
    if (holder) document.title = `${holder.dataset.title} · Upshot`;
  }

  function begin(root) {
    root.querySelectorAll("[data-dropzone]").forEach(dropzone);
    title(root);
    if (window.htmx && root !== document) window.htmx.process(root);
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    event.target.querySelectorAll("[data-dropzone]").forEach(dropzone);
    title(event.target);
  });
  begin(document);

  // Work that ends while the person looks elsewhere says so in the tab, and on an installed icon.
  const ENDED = "upshot-work-ended";
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Refresh")) sessionStorage.setItem(ENDED, "yes");
  });
  if (sessionStorage.getItem(ENDED)) {
    sessionStorage.removeItem(ENDED);
    if (document.hidden) {
      const before = document.title;
      document.title = `✓ ${before}`;
      if (navigator.setAppBadge) navigator.setAppBadge(1).catch(() => {});
      document.addEventListener("visibilitychange", () => {
        document.title = before;
        if (navigator.clearAppBadge) navigator.clearAppBadge().catch(() => {});
      }, { once: true });
    }
  }
})();
