// Sends a chosen file in pieces (tus 1.0.0), so that a cut costs one piece and not the file.
// Without this script the form sends the file whole, and the answer is the same.
"use strict";

(() => {
  const SMALLEST = 1 << 20;
  const LARGEST = 32 << 20;
  const LONGEST_WAIT = 30;
  // After some minutes without any answer a person should decide.
  const MOST_TRIES = 12;
  const VERSION = { "Tus-Resumable": "1.0.0" };

  class Refused extends Error {
    constructor(words, status) { super(words); this.status = status; }
  }

  const pause = (seconds) => new Promise((done) => { setTimeout(done, 1000 * seconds); });

  // One request; rejects when the connection is cut.
  function ask(method, address, { headers = {}, body = null, onProgress } = {}) {
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open(method, address);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      if (onProgress) request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
      request.addEventListener("load", () => done(request));
      for (const kind of ["error", "abort", "timeout"]) {
        request.addEventListener(kind, () => failed(new Error("cut")));
      }
      request.send(body);
    });
  }

  function metadata(file) {
    const encode = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
    const known = { filename: file.name.slice(0, 255), mark: String(file.lastModified) };
    return Object.entries(known).map(([name, value]) => `${name} ${encode(value)}`).join(",");
  }

  // The file as an upload of its own; `hear` is told how far it is and what is being waited for.
  class Sending {
    constructor(file, begin, proof, hear) {
      this.file = file;
      this.begin = begin;
      this.headers = { ...VERSION, "X-CSRFToken": proof };
      this.hear = hear;
      this.piece = 4 << 20;
      this.address = null;
      this.offset = 0;
      this.tries = 0;
    }

    async whole() {
      for (;;) {
        try {
          if (this.address === null) await this.start();
          else if (this.tries) await this.look();
          while (this.offset < this.file.size) await this.next();
          return this.address;
        } catch (error) {
          if (error instanceof Refused) throw error;
          this.tries += 1;
          if (this.tries > MOST_TRIES) throw error;
          const wait = Math.min(LONGEST_WAIT, 2 ** (this.tries - 1));
          this.piece = Math.max(SMALLEST, this.piece / 2);
          this.hear.waiting(wait);
          await pause(wait);
        }
      }
    }

    check(answer) {
      if (answer.status >= 200 && answer.status < 300) {
        // Another page answered, such as the log-in after a long wait.
        if (!answer.getResponseHeader("Tus-Resumable")) throw new Refused("", answer.status);
        return answer;
      }
      // What the server cannot do now it may do in a moment; a full disk is for people to mend.
      if (answer.status >= 500 && answer.status !== 507) throw new Error("unavailable");
      if (answer.status === 429 || answer.status === 409 || answer.status === 460) throw new Error("again");
      const plain = (answer.getResponseHeader("Content-Type") || "").startsWith("text/plain");
      throw new Refused(plain ? answer.responseText : "", answer.status);
    }

    async start() {
      const headers = { ...this.headers, "Upload-Length": String(this.file.size), "Upload-Metadata": metadata(this.file) };
      const answer = this.check(await ask("POST", this.begin, { headers }));
      this.address = answer.getResponseHeader("Location");
      this.offset = Number(answer.getResponseHeader("Upload-Offset"));
      if (this.offset) this.hear.goingOn(this.offset);
    }

    async look() {
      const answer = await ask("HEAD", this.address, { headers: this.headers });
      // It waited too long and is gone: from the beginning.
      if (answer.status === 404 || answer.status === 410) { this.address = null; await this.start(); return; }
      this.offset = Number(this.check(answer).getResponseHeader("Upload-Offset"));
    }

    async next() {
      const began = performance.now();
      const start = this.offset;
      const body = this.file.slice(start, start + this.piece);
      const headers = { ...this.headers, "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(start) };
      const onProgress = (sent) => this.hear.sent(start + sent);
      const answer = this.check(await ask("PATCH", this.address, { headers, body, onProgress }));
      this.offset = Number(answer.getResponseHeader("Upload-Offset"));
      this.tries = 0;
      this.hear.sent(this.offset);
      const seconds = (performance.now() - began) / 1000;
      if (seconds < 1) this.piece = Math.min(LARGEST, this.piece * 2);
      if (seconds > 5) this.piece = Math.max(SMALLEST, this.piece / 2);
    }
  }

  // Bytes and seconds in the words of the page's language.
  const language = document.documentElement.lang || "en";
  function bytes(count) {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
    // Of 1024 each, as everywhere on the site.
    const step = Math.min(units.length - 1, count < 1024 ? 0 : Math.floor(Math.log2(count) / 10));
    const digits = step > 1 ? 1 : 0;
    return new Intl.NumberFormat(language, { style: "unit", unit: units[step], unitDisplay: "short", maximumFractionDigits: digits }).format(count / 1024 ** step);
  }
  function duration(seconds) {
    const [unit, size] = seconds < 90 ? ["second", 1] : seconds < 5400 ? ["minute", 60] : ["hour", 3600];
    // "About 37 seconds" that change every moment are noise.
    const count = unit === "second" && seconds > 10 ? 5 * Math.round(seconds / 5) : Math.max(1, Math.round(seconds / size));
    return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
  }
  const fill = (words, values) => words.replace(/{(\w+)}/g, (_all, name) => values[name]);

  // What the person sees: a bar, and one line of words.
  class Shown {
    constructor(form, file) {
      this.words = form.querySelector("[data-dropzone]").dataset;
      this.frame = form.querySelector("[data-upload-progress]");
      this.bar = this.frame.querySelector("progress");
      this.status = form.querySelector("[data-upload-status]");
      this.buttons = form.querySelectorAll("button[type=submit]");
      this.input = form.querySelector("[data-dropzone] input[type=file]");
      this.file = file;
      this.from = null;
    }

    busy(is) {
      this.frame.hidden = !is;
      this.input.disabled = is;
      this.buttons.forEach((button) => { button.disabled = is; });
    }

    say(text) { if (this.status.textContent !== text) this.status.textContent = text; }

    sent(count) {
      const now = performance.now();
      if (this.from === null) this.from = { at: now, count };
      const percent = this.file.size ? Math.floor((100 * count) / this.file.size) : 100;
      this.bar.value = percent;
      const seconds = (now - this.from.at) / 1000;
      const values = { percent, sent: bytes(count), total: bytes(this.file.size) };
      const speed = (count - this.from.count) / seconds;
      if (seconds < 2 || !(speed > 0)) { this.line(percent, fill(this.words.wordsSending, values)); return; }
      values.left = duration((this.file.size - count) / speed);
      this.line(percent, fill(this.words.wordsSendingLeft, values));
    }

    // Twice a second is enough to read.
    line(percent, text) {
      const now = performance.now();
      if (percent < 100 && now - (this.lined || 0) < 500) return;
      this.lined = now;
      this.say(text);
    }

    goingOn(count) {
      this.say(fill(this.words.wordsGoingOn, { sent: bytes(count) }));
      this.lined = performance.now() + 1500;
    }

    waiting(seconds) {
      this.from = null;
      this.lined = 0;
      this.say(fill(this.words.wordsWaiting, { wait: duration(seconds) }));
    }

    reading() { this.bar.removeAttribute("value"); this.say(this.words.wordsReading); }
    failed(words) { this.busy(false); this.say(words); }
  }

  // The form as it is, with the name of the upload in the place of the file.
  async function submit(form, name, address) {
    const fields = new FormData(form);
    fields.delete(name);
    fields.append("upload", address.split("/").filter(Boolean).pop());
    for (let tries = 0; ; tries += 1) {
      try {
        return await ask("POST", form.action || window.location.href, { body: fields });
      } catch (error) {
        if (tries >= MOST_TRIES) throw error;
        await pause(Math.min(LONGEST_WAIT, 2 ** tries));
      }
    }
  }

  async function upload(form, file, onAnswer) {
    const input = form.querySelector("[data-dropzone] input[type=file]");
    const begin = form.querySelector("[data-dropzone]").dataset.uploads;
    const proof = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const shown = new Shown(form, file);
    const stay = (event) => event.preventDefault();
    shown.busy(true);
    shown.bar.value = 0;
    window.addEventListener("beforeunload", stay);
    try {
      const address = await new Sending(file, begin, proof, shown).whole();
      shown.reading();
      const answer = await submit(form, input.name, address);
      window.removeEventListener("beforeunload", stay);
      if (answer.status >= 200 && answer.status < 300) window.location.assign(answer.responseURL);
      else if (!onAnswer(answer)) shown.failed(shown.words.wordsFailed);
    } catch (error) {
      const refused = error instanceof Refused;
      shown.failed((refused && (error.message || shown.words.wordsFailed)) || shown.words.wordsCut);
    } finally {
      window.removeEventListener("beforeunload", stay);
    }
  }

  window.upshotUpload = upload;
})();
