/* Marks whether a desk is open now. Shared pages carry the hours as data and never "now open"; the hours in words stand beside it, so that this line is hidden without the script.

   <p class="naast-open" hidden data-hours="2 09:00-12:00;4 09:00-12:00" data-shut="2026-12-25"
      data-open-text="Nu open, tot {time} uur" data-shut-text="Nu dicht. Weer open op {day} om {time} uur"></p>
   Days run from 1 (Monday) to 7, times are those of Amsterdam. */

const DAY_MS = 86400000;
const AMSTERDAM = "Europe/Amsterdam";

function inAmsterdam(moment) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: AMSTERDAM, weekday: "short", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(moment);
  const get = (type) => parts.find((part) => part.type === type).value;
  return {
    day: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(get("weekday")) + 1,
    date: `${get("year")}-${get("month")}-${get("day")}`,
    time: `${get("hour")}:${get("minute")}`,
  };
}

function readHours(text) {
  return text.split(";").filter(Boolean).map((piece) => {
    const [day, from, to] = piece.trim().match(/^(\d) (\d\d:\d\d)-(\d\d:\d\d)$/).slice(1);
    return { day: Number(day), from, to };
  });
}

function say(time) {
  return document.documentElement.lang.startsWith("nl") ? time.replace(/^0/, "").replace(":", ".") : time;
}

function nextOpening(hours, shut, now) {
  for (let ahead = 0; ahead < 28; ahead += 1) {
    const moment = new Date(now.getTime() + ahead * DAY_MS);
    const at = inAmsterdam(moment);
    if (shut.includes(at.date)) continue;
    const coming = hours.filter((slot) => slot.day === at.day && (ahead > 0 || slot.from > at.time)).sort((a, b) => (a.from < b.from ? -1 : 1))[0];
    if (coming) {
      const day = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: AMSTERDAM, weekday: "long" }).format(moment);
      return { day, time: say(coming.from) };
    }
  }
  return null;
}

function mark(element, now) {
  const hours = readHours(element.dataset.hours);
  const shut = (element.dataset.shut || "").split(",");
  const at = inAmsterdam(now);
  const open = shut.includes(at.date) ? null : hours.find((slot) => slot.day === at.day && slot.from <= at.time && at.time < slot.to);
  element.hidden = false;
  element.classList.toggle("naast-open--shut", !open);
  if (open) {
    element.textContent = element.dataset.openText.replace("{time}", say(open.to));
    return;
  }
  const next = nextOpening(hours, shut, now);
  element.hidden = !next;
  if (next) element.textContent = element.dataset.shutText.replace("{day}", next.day).replace("{time}", next.time);
}

for (const element of document.querySelectorAll("[data-hours]")) {
  mark(element, new Date());
  setInterval(() => mark(element, new Date()), 60000);
}
