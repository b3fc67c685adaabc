// Moments as people read them, in the zone of the member one acts as.
// https://docs.slack.dev/messaging/formatting-message-text#date-formatting

const DAY = 86_400_000;
const PRETTY = { "-1": "yesterday", 0: "today", 1: "tomorrow" };
const FULL = { month: "long", day: "numeric", year: "numeric" };
const SHORT = { month: "short", day: "numeric", year: "numeric" };
const LONG = { weekday: "long", ...FULL };
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

const TOKENS = {
  date_num: (moment, zone) => say(moment, zone, {}, "en-CA"),
  date_slash: (moment, zone) => say(moment, zone, { dateStyle: "short" }),
  date: (moment, zone) => say(moment, zone, FULL),
  date_short: (moment, zone) => say(moment, zone, SHORT),
  date_long: (moment, zone) => say(moment, zone, LONG),
  date_long_full: (moment, zone) => say(moment, zone, FULL),
  time: (moment, zone) => timeOf(moment, zone),
  time_secs: (moment, zone) => say(moment, zone, { ...CLOCK, second: "2-digit" }),
  ago: (moment, _, now) => ago(moment, now),
  day_divider_pretty: (moment, zone, now) => dayOf(moment, zone, now),
};

/** `{date_short_pretty} {time}` filled in; a `_pretty` date says today, if it is today. */
export function formatDate(moment, format, zone, now) {
  return format.replace(/\{(\w+)\}/g, (all, name, place) => {
    const token = TOKENS[name] ?? TOKENS[name.replace(/_pretty$/, "")];
    if (!token) return all;
    const near = name.endsWith("_pretty") && PRETTY[daysFrom(now, moment, zone)];
    const said = near || token(moment, zone, now);
    return place === 0 ? capital(said) : said;
  });
}

export function timeOf(moment, zone) {
  return say(moment, zone, CLOCK);
}

/** The heading of a day in a conversation. */
export function dayOf(moment, zone, now) {
  const near = PRETTY[daysFrom(now, moment, zone)];
  return near
    ? capital(near)
    : say(moment, zone, { weekday: "long", month: "long", day: "numeric" });
}

/** Weekday, day and time, short enough for the top bar. */
export function momentOf(moment, zone) {
  return `${say(moment, zone, { weekday: "short", month: "short", day: "numeric" })}, ${timeOf(moment, zone)}`;
}

function say(moment, zone, form, language = "en-US") {
  return new Intl.DateTimeFormat(language, { timeZone: zone, ...form }).format(moment * 1000);
}

function daysFrom(now, moment, zone) {
  const day = (each) => Date.parse(TOKENS.date_num(each, zone));
  return Math.round((day(moment) - day(now)) / DAY);
}

function ago(moment, now) {
  const minutes = Math.round((moment - now) / 60);
  const words = new Intl.RelativeTimeFormat("en-US", { numeric: "auto" });
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  if (Math.abs(minutes) < 1440) return words.format(Math.round(minutes / 60), "hour");
  return words.format(Math.round(minutes / 1440), "day");
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
