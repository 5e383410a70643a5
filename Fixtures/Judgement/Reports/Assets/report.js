"use strict";
(() => {
  const control = id => document.getElementById("f-" + id);
  const names = ["text", "verdict", "peer", "level", "clause"];
  const rows = [...document.querySelectorAll("[data-row]")];
  const scenarios = rows.filter(row => row.localName === "details");

  // A clause filter ends where a section or number ends, as in the command line: RFC2409-5.4 is not RFC2409-5.41.
  const leads = (id, part) => id === part || (id.startsWith(part) && "-.".includes(id[part.length]));

  function matches(row, want) {
    const text = row.dataset.text.toLowerCase();
    if (!want.text.toLowerCase().split(/\s+/).every(word => text.includes(word))) return false;
    if (want.level && row.dataset.level !== want.level) return false;
    const part = want.clause.trim().toUpperCase().replace(/[-.]$/, "");
    if (part && !row.dataset.clauses.toUpperCase().split(" ").some(id => leads(id, part))) return false;
    if (!want.verdict && !want.peer) return true;
    return [...row.querySelectorAll("[data-verdict]")].some(cell =>
      (!want.verdict || cell.dataset.verdict.split(" ").includes(want.verdict)) &&
      (!want.peer || cell.closest("[data-peer]").dataset.peer === want.peer));
  }

  function apply() {
    const want = Object.fromEntries(names.map(name => [name, control(name).value]));
    for (const row of rows) row.hidden = !matches(row, want);
    for (const group of document.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-row]:not([hidden])");
    for (const part of document.querySelectorAll("[data-peer]")) part.hidden = want.peer !== "" && part.dataset.peer !== want.peer;
    const columns = new Set([...document.querySelectorAll(".columns [data-peer]:not([hidden])")].map(part => part.dataset.peer)).size;
    for (const section of [document.getElementById("scenarios"), document.getElementById("clauses")]) section.style.setProperty("--peers", columns);
    for (const button of document.querySelectorAll("[data-show]")) button.classList.toggle("active", button.dataset.show === want.verdict);
    const shown = scenarios.filter(row => !row.hidden).length;
    control("count").value = shown === scenarios.length ? `${shown} scenarios` : `${shown} of ${scenarios.length} scenarios`;
    // In the fragment, because a page opened from disk may not change its query.
    const query = new URLSearchParams(names.filter(name => want[name]).map(name => [name, want[name]])).toString();
    if (query || location.hash.startsWith("#?")) history.replaceState(null, "", "#" + (query && "?" + query));
  }

  // A link to a scenario opens its row, even when the filter hides it.
  function follow() {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row || row.localName !== "details") return;
    if (row.hidden) clear();
    row.open = true;
    row.scrollIntoView();
  }

  function clear() {
    for (const name of names) control(name).value = "";
    apply();
  }

  const given = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : "");
  for (const name of names) {
    control(name).value = given.get(name) ?? "";
    control(name).addEventListener("input", apply);
  }
  control("clear").addEventListener("click", clear);
  control("open").addEventListener("click", () => {
    const open = scenarios.some(row => !row.hidden && !row.open);
    for (const row of scenarios) if (!row.hidden) row.open = open;
    control("open").textContent = open ? "close all" : "open all";
  });
  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      control("verdict").value = control("verdict").value === button.dataset.show ? "" : button.dataset.show;
      apply();
      document.querySelector(".filter").scrollIntoView({ block: "start" });
    });
  }
  addEventListener("hashchange", follow);
  apply();
  follow();
})();
