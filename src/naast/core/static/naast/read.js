/* Read aloud with the browser's own voice, sentence by sentence; the sentence that is read is marked.

   Only a voice that lives on the device is used, in the language of the text: some browsers send what a remote voice reads to
   its maker. Without such a voice the button stays away. "Pause" stops and remembers the sentence: browsers break off long
   texts, and on phones their own pause does not come back. */

const LONGEST = 200; // characters in one go: Chrome breaks off after about fifteen seconds
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, summary, figcaption, blockquote, legend, label, td, th";
const SKIP = "[data-read-not], [aria-hidden=true], [hidden], nav, button:not(.naast-term), form, video, script, style, noscript, select";
const MARK = "naast-read";

const tools = document.querySelector("[data-read-tools]");
const texts = [...document.querySelectorAll("[data-read]")];
const synth = window.speechSynthesis;

/* ---------- what there is to read ---------- */

function languageOf(node) {
  return (node.parentElement?.closest("[lang]")?.lang || "nl").slice(0, 2).toLowerCase();
}

function isShown(node) {
  const element = node.parentElement;
  // What is folded is read too: it opens when its turn comes.
  return !element.closest(SKIP) && (element.getClientRects().length > 0 || element.closest("details:not([open])") !== null);
}

/* Blocks of text nodes; words that stand in one block are read in one go, across links and bold words. */
function blocksOf(root) {
  const blocks = new Map();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || !isShown(node)) continue;
    const block = node.parentElement.closest(BLOCKS) ?? node.parentElement;
    if (!blocks.has(block)) blocks.set(block, []);
    blocks.get(block).push(node);
  }
  return [...blocks.values()];
}

function sentencesOf(words, language) {
  if (window.Intl?.Segmenter) {
    return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(words)].map((one) => [one.index, one.index + one.segment.length]);
  }
  const found = [];
  for (const match of words.matchAll(/[^.!?]+[.!?]*[’)]?\s*/g)) found.push([match.index, match.index + match[0].length]);
  return found;
}

/* A sentence that is too long for one go is cut at a comma, else at a space. */
function cut(words, [from, to]) {
  const pieces = [];
  while (to - from > LONGEST) {
    const part = words.slice(from, from + LONGEST);
    const at = Math.max(part.lastIndexOf(", "), part.lastIndexOf("; "), part.lastIndexOf(": "));
    const length = at > 40 ? at + 1 : part.lastIndexOf(" ") > 0 ? part.lastIndexOf(" ") : LONGEST;
    pieces.push([from, from + length]);
    from += length;
  }
  return [...pieces, [from, to]];
}

function rangeOf(nodes, from, to) {
  const range = document.createRange();
  let passed = 0;
  for (const node of nodes) {
    const end = passed + node.data.length;
    if (from >= passed && from < end) range.setStart(node, from - passed);
    if (to > passed && to <= end) range.setEnd(node, to - passed);
    passed = end;
  }
  return range;
}

function sentences(root) {
  const found = [];
  for (const nodes of blocksOf(root)) {
    const words = nodes.map((node) => node.data).join("");
    const language = languageOf(nodes[0]);
    for (const sentence of sentencesOf(words, language)) {
      for (const [from, to] of cut(words, sentence)) {
        const said = words.slice(from, to).replace(/\s+/g, " ").trim();
        if (!/[\p{L}\p{N}]/u.test(said)) continue;
        const start = from + words.slice(from, to).search(/\S/);
        found.push({ said, language, range: rangeOf(nodes, start, from + words.slice(from, to).trimEnd().length) });
      }
    }
  }
  return found;
}

/* ---------- the voice ---------- */

function voiceFor(language) {
  const own = synth.getVoices().filter((voice) => voice.localService && voice.lang.toLowerCase().replace("_", "-").startsWith(language));
  return own.find((voice) => voice.default) ?? own.find((voice) => voice.lang.toLowerCase().startsWith("nl-nl") || voice.lang.toLowerCase().startsWith("en-gb")) ?? own[0];
}

/* ---------- the buttons ---------- */

function begin() {
  const play = tools.querySelector("[data-read-play]");
  const stop = tools.querySelector("[data-read-stop]");
  const speed = tools.querySelector("[data-read-speed]");
  const status = tools.querySelector("[role=status]");
  const words = play.querySelector("[data-word]");
  const highlight = window.CSS?.highlights && window.Highlight ? new Highlight() : null;
  if (highlight) CSS.highlights.set(MARK, highlight);

  let list = [];
  let at = 0;
  let turn = 0; // what an earlier voice still reports is no longer heard
  let state = "off";

  function become(next) {
    state = next;
    words.textContent = { off: tools.dataset.play, on: tools.dataset.pause, paused: tools.dataset.resume }[next];
    tools.dataset.readTools = next;
    stop.hidden = next === "off";
    speed.closest("label").hidden = next === "off";
    status.textContent = { off: tools.dataset.stopped, on: tools.dataset.reading, paused: tools.dataset.paused }[next];
  }

  function unmark() {
    highlight?.clear();
    for (const marked of document.querySelectorAll(".naast-read-now")) marked.classList.remove("naast-read-now");
  }

  function inView(range) {
    const box = range.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  /* The page comes along only with who follows: when the sentence before was in view. */
  function mark(sentence, before) {
    unmark();
    const folded = sentence.range.startContainer.parentElement.closest("details:not([open])");
    if (folded && !sentence.range.startContainer.parentElement.closest("summary")) folded.open = true;
    if (highlight) highlight.add(sentence.range);
    else sentence.range.startContainer.parentElement.closest(BLOCKS)?.classList.add("naast-read-now");
    const box = sentence.range.getBoundingClientRect();
    const follows = !before || inView(before.range);
    if (follows && (box.top < 96 || box.bottom > innerHeight - 96)) {
      scrollBy({ top: box.top - innerHeight / 3, behavior: "auto" });
    }
  }

  function quiet() {
    turn += 1;
    synth.cancel();
  }

  function speak() {
    const mine = turn;
    const sentence = list[at];
    if (!sentence) {
      end(tools.dataset.done);
      return;
    }
    mark(sentence, list[at - 1]);
    const voice = voiceFor(sentence.language) ?? voiceFor(pageLanguage);
    if (!voice) {
      end(tools.dataset.stopped);
      return;
    }
    const utterance = new SpeechSynthesisUtterance(sentence.said);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = Number(speed.value);
    utterance.onend = () => {
      if (mine !== turn) return;
      at += 1;
      speak();
    };
    utterance.onerror = () => {
      if (mine === turn) end(tools.dataset.failed);
    };
    synth.speak(utterance);
  }

  function end(said) {
    quiet();
    unmark();
    at = 0;
    const inside = document.activeElement === stop || document.activeElement === speed;
    become("off");
    status.textContent = said;
    if (inside) play.focus();
  }

  play.addEventListener("click", () => {
    if (state === "on") {
      quiet();
      become("paused");
      return;
    }
    if (state === "off") {
      list = texts.flatMap(sentences);
      at = 0;
    }
    quiet();
    become("on");
    speak();
  });
  stop.addEventListener("click", () => end(tools.dataset.stopped));
  speed.addEventListener("change", () => {
    if (state !== "on") return;
    quiet();
    speak(); // the sentence again, at the new speed
  });

  // Whoever leaves takes the voice along: at once with "leave this site", which hides the page first.
  addEventListener("pagehide", () => { if (state !== "off") end(tools.dataset.stopped); });
  new MutationObserver(() => {
    if (document.documentElement.hidden) quiet();
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["hidden"] });
}

// The language of the title; a line of ours in another language is read by the same voice when it has none of its own.
const pageLanguage = (texts[0]?.querySelector("h1")?.closest("[lang]")?.lang || "nl").slice(0, 2).toLowerCase();

if (tools && texts.length && synth && window.SpeechSynthesisUtterance) {
  synth.cancel(); // Chrome reads on over a reload
  let begun = false;
  const offer = () => {
    if (begun || !voiceFor(pageLanguage)) return;
    begun = true;
    tools.dataset.readTools = "off";
    begin();
  };
  offer();
  // Most browsers know their voices only a moment later.
  synth.addEventListener?.("voiceschanged", offer);
}
