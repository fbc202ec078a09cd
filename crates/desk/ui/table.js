// A table as it is read: columns with their names, rows below them; and days with or without a time.

import { button, fresh, iconButton, make, select } from "./dom.js";
import { label } from "./form.js";
import { t } from "./words.js";

/** What a new table is. */
export const EMPTY = { caption: "", header: ["", ""], rows: [["", ""]] };

/** The fields of a table. */
export const tableField = (form, at, schema) => {
  const { model } = form;
  const [headerAt, rowsAt] = [`${at}/header`, `${at}/rows`];
  const header = model.at(headerAt) ?? [];
  const rows = model.at(rowsAt) ?? [];
  const width = Math.max(1, header.length, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, number) => number);
  const padded = (row) => columns.map((number) => row[number] ?? "");
  const cell = (path, name, found) => {
    const one = form.field(found, path, name);
    one.querySelector("label")?.classList.add("hidden");
    return one;
  };
  const whole = (edits, focus) => form.restructure(edits, focus);
  const removeColumn = (number) => {
    const without = (row) => row.filter((_, at) => at !== number);
    whole([{ do: "set", at: headerAt, value: without(header) }, { do: "set", at: rowsAt, value: rows.map(without) }], headerAt);
  };
  const addColumn = () => {
    const more = (row) => [...padded(row), ""];
    whole([{ do: "set", at: headerAt, value: more(header) }, { do: "set", at: rowsAt, value: rows.map(more) }], `${headerAt}/${width}`);
  };
  const addRow = () => whole([{ do: "insert", at: `${rowsAt}/${rows.length}`, value: padded([]) }], `${rowsAt}/${rows.length}/0`);
  const mend = (path, row, number) => iconButton("+", t("add"), () => whole([{ do: "set", at: path, value: padded(row) }], `${path}/${number}`));
  const heads = columns.map((number) => {
    const name = `${t("header")} ${number + 1}`;
    const field = number < header.length ? cell(`${headerAt}/${number}`, name, { type: "string", form: "Words" }) : mend(headerAt, header, number);
    return make("th", { scope: "col" }, field, iconButton("✕", `${t("remove")}: ${name}`, () => removeColumn(number), { disabled: width === 1 }));
  });
  const lines = rows.map((row, line) => {
    const path = `${rowsAt}/${line}`;
    const cells = columns.map((number) => {
      const name = `${t("rows")} ${line + 1}, ${t("header")} ${number + 1}`;
      return make(number === 0 ? "th" : "td", { scope: number === 0 && "row" }, number < row.length ? cell(`${path}/${number}`, name, { type: "string", contentMediaType: "text/markdown" }) : mend(path, row, number));
    });
    const remove = iconButton("✕", `${t("remove")}: ${t("rows")} ${line + 1}`, () => whole([{ do: "remove", at: path }], rowsAt));
    return make("tr", {}, cells, make("td", {}, remove));
  });
  const remarks = [headerAt, rowsAt].map((path) => {
    const place = make("div", { class: "remarks" });
    form.fields.set(path, { field: place, remarks: place, focus: () => grid.querySelector("textarea, [contenteditable]")?.focus() });
    return place;
  });
  const caption = form.field(schema.properties.caption, `${at}/caption`, "caption");
  const grid = make("div", { class: "grid is-whole table" }, make("table", {}, make("caption", {}, caption), make("thead", {}, make("tr", {}, heads, make("td"))), make("tbody", {}, lines)));
  const tools = make("div", { class: "picture-tools" }, button(t("add_row"), addRow, { class: "quiet" }), button(t("add_column"), addColumn, { class: "quiet" }));
  return [grid, ...remarks, tools];
};

const DAY = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(Z|[+-]\d\d:\d\d))?$/;

/** Whether a value can be shown as a day, with or without a time. */
export const isDay = (value) => !value || DAY.test(value);

/** A field for a day, with or without a time. */
export const dayField = (form, how) => {
  const id = fresh("day");
  const [, now = "", at = "", own = "+07:00"] = DAY.exec(how.value ?? "") ?? [];
  const remarks = make("div", { class: "remarks", id: `${id}-remarks` });
  const date = make("input", { type: "date", id, value: now, "aria-describedby": remarks.id });
  const time = make("input", { type: "time", value: at, "aria-label": `${label(how.key, how.path)}: ${t("time_of_day")}` });
  const zones = [...new Set([own, "+07:00", "+08:00", "+09:00", "+00:00"])].map((zone) => [zone, zone === "Z" ? "UTC" : `UTC${zone}`]);
  const change = () => {
    const text = date.value && time.value ? `${date.value}T${time.value.slice(0, 5)}${zone.value}` : date.value;
    form.set(how, text);
  };
  const zone = select(zones, own, change, { "aria-label": `${label(how.key, how.path)}: ${t("offset")}` });
  date.addEventListener("input", change);
  time.addEventListener("input", change);
  const name = make("label", { for: id }, label(how.key, how.path), !how.isNeeded && make("span", { class: "optional", text: ` (${t("optional")})` }));
  const help = make("p", { class: "help", text: t("day_help") });
  const field = make("div", { class: "field", "data-path": how.path }, name, help, make("div", { class: "side-by-side" }, date, time, zone), remarks);
  form.fields.set(how.path, { field, remarks, focus: () => date.focus() });
  return field;
};
