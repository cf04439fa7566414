/* The stage of a film: drawings stand along two lines with the dots between them, and we walk past.
   `build(script, drawings)` puts it up, `seek(seconds)` shows one moment; nothing moves by itself, so that a frame is always the same. */

const SVG = "http://www.w3.org/2000/svg";
const W = 960, STEP = 900, LINE_Y = 386, DOT = 24;
const GAPS = { together: 13, beside: 22, apart: 34 };
const WALK = 2.2, DRAW = 1.6; // seconds to the next drawing; seconds in which it is drawn
let scenes = [], world, lineA, lineB, dots, total = 0;

const part = (name, attributes = {}, parent) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
};
const clamp = (value) => Math.max(0, Math.min(1, value));
const ease = (value) => { const x = clamp(value); return x * x * (3 - 2 * x); };

function gapAt(x) {
  const at = (x - W / 2) / STEP, low = Math.max(0, Math.min(scenes.length - 1, Math.floor(at))), high = Math.min(scenes.length - 1, low + 1);
  const from = GAPS[scenes[low].lines], to = GAPS[scenes[high].lines];
  return from + (to - from) * ease((at - low - 0.3) / 0.4);
}
const midAt = (x) => LINE_Y + 5 * Math.sin(x / 210);

function line(sign) {
  let d = "";
  for (let x = -W; x <= STEP * scenes.length + W; x += 8) d += `${d ? "L" : "M"}${x} ${(midAt(x) + sign * gapAt(x)).toFixed(2)}`;
  return d;
}

/* One path holds many strokes: cut it up, so that all are drawn at the same time. */
function cut(drawing) {
  for (const path of [...drawing.querySelectorAll('path[stroke="currentColor"]')]) {
    for (const piece of path.getAttribute("d").split(/(?=M)/)) {
      const stroke = path.cloneNode();
      stroke.setAttribute("d", piece);
      stroke.setAttribute("pathLength", "1");
      stroke.classList.add("stroke");
      path.before(stroke);
    }
    path.remove();
  }
}

window.build = (script, drawings) => {
  scenes = script.scenes;
  const stage = document.getElementById("stage");
  part("rect", { x: 0, y: 430, width: W, height: 110, fill: "#eff5f3" }, stage);
  world = part("g", {}, stage);
  lineA = part("path", { d: line(-1), fill: "none", stroke: "#0a5560", "stroke-width": 5 }, world);
  lineB = part("path", { d: line(1), fill: "none", stroke: "#a5421c", "stroke-width": 5 }, world);
  dots = part("g", { fill: "#f4b81f" }, world);
  let at = 0;
  scenes.forEach((scene, number) => {
    const middle = W / 2 + number * STEP, crop = scene.crop ?? [0, 0, 320, 240];
    const height = scene.crop ? 290 : 326, width = (height * crop[2]) / crop[3];
    const holder = part("svg", { x: middle - width / 2 + (scene.title ? 205 : 0), y: (scene.crop ? LINE_Y + 14 : 346) - height, width, height, fill: "none", viewBox: crop.join(" ") }, world);
    holder.innerHTML = drawings[scene.drawing].replace(/^\s*<svg[^>]*>|<\/svg>\s*$/g, "");
    if (scene.crop) holder.querySelector('[stroke-dasharray]')?.remove(); // the dots of the stage take their place
    cut(holder);
    scene.holder = holder;
    scene.begins = at;
    at += scene.seconds;
    if (scene.title) {
      const headline = part("g", { "font-size": 46 }, world);
      const lines = wrap(script.title, 14);
      lines.forEach((text, row) => { part("text", { x: 62, y: 190 + (row - (lines.length - 1) / 2) * 56 }, headline).textContent = text; });
      scene.headline = headline;
    }
  });
  total = at;
  return total;
};

function wrap(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && `${lines.at(-1)} ${word}`.length > most) lines.push("");
    lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return lines;
}

window.seek = (seconds) => {
  const now = scenes.findLastIndex((scene) => scene.begins <= seconds);
  const into = seconds - scenes[now].begins;
  const walked = now === 0 ? 0 : now - 1 + ease(into / WALK);
  const camera = walked * STEP;
  world.setAttribute("transform", `translate(${-camera.toFixed(2)} 0)`);
  scenes.forEach((scene, number) => {
    const progress = number < now ? 1 : number > now ? 0 : clamp((into - (number ? WALK * 0.45 : 0.2)) / DRAW);
    for (const stroke of scene.holder.querySelectorAll(".stroke")) {
      stroke.setAttribute("stroke-dasharray", "1 2");
      stroke.setAttribute("stroke-dashoffset", (1 - ease(progress / 0.8)).toFixed(4));
      stroke.style.visibility = progress > 0.06 ? "visible" : "hidden"; // a round end of no length is a dot
    }
    const colour = ease((progress - 0.35) / 0.5), rest = ease((progress - 0.6) / 0.4);
    for (const other of scene.holder.querySelectorAll("path:not(.stroke)")) {
      const isPatch = (other.getAttribute("fill") ?? "").includes("draw");
      other.setAttribute("opacity", (isPatch ? colour : rest).toFixed(3));
      if (isPatch) other.setAttribute("transform", `translate(${((colour - 1) * 10).toFixed(2)} ${((colour - 1) * 8).toFixed(2)})`);
    }
    if (scene.headline) scene.headline.setAttribute("opacity", ease(progress / 0.5).toFixed(3));
  });
  // The child walks on: the dots move slowly along, and a little faster while we go to the next drawing.
  const phase = (seconds * 7) % DOT;
  dots.replaceChildren();
  for (let x = Math.floor((camera - 40) / DOT) * DOT + phase; x < camera + W + 40; x += DOT) {
    part("circle", { cx: x.toFixed(2), cy: midAt(x).toFixed(2), r: 5 }, dots);
  }
  // The first moment is drawn, not there at once; the end becomes paper again.
  document.getElementById("stage").style.opacity = clamp((total - seconds) / 0.8).toFixed(3);
};
