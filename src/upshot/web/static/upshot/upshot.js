// What the pages cannot do without a script. Everything here is an extra: forms and links work alone.
"use strict";

(() => {
  // Upload: upload.js sends the file in pieces; what the server answers with is shown here.
  function upload(form) {
    const input = form.querySelector("[data-dropzone] input[type=file]");
    if (!input.files.length) return;
    window.upshotUpload(form, input.files[0], (answer) => {
      const page = new DOMParser().parseFromString(answer.responseText, "text/html");
      const main = page.querySelector("main");
      if (!main) return false;
      document.querySelector("main").replaceWith(document.adoptNode(main));
      begin(document.querySelector("main"));
      (document.querySelector(".field__error, [role=alert]") || main).scrollIntoView({ block: "center" });
      return true;
    });
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
