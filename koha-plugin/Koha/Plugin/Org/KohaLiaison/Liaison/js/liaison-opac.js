/*
 * On the page of a title in the OPAC: the public contact of its department. As the staff client's panel: own origin, no
 * HTML from outside, silent without an answer.
 *
 * Letters beyond ASCII are written as escapes: Koha serves the file without saying its encoding.
 */
(function () {
  "use strict";

  const titles = {
    en: "Your liaison for this subject",
    de: "Ihr Fachreferat f\u00fcr dieses Thema",
    fr: "Votre r\u00e9f\u00e9rent pour ce sujet",
    es: "Su bibliotecario para este tema",
  };

  function element(name, className, ...children) {
    const node = document.createElement(name);
    if (className !== "") node.className = className;
    node.append(...children);
    return node;
  }

  function link(text, href) {
    const node = element("a", "", text);
    node.href = href;
    return node;
  }

  function contactLine({ department, name, mail, url, text }) {
    const isPage = typeof url === "string" && /^https?:\/\//.test(url);
    const line = element("p", "", `${department}: `, isPage ? link(name, url) : name);
    if (mail) line.append(", ", link(mail, `mailto:${encodeURIComponent(mail).replace(/%40/g, "@")}`));
    if (text) line.append(` \u00b7 ${text}`);
    return line;
  }

  function show(contacts) {
    const place = document.getElementById("catalogue_detail_biblio");
    if (place === null || document.getElementById("liaison_contact") !== null) return;
    const heading = titles[(document.documentElement.lang || "en").slice(0, 2)] || titles.en;
    const box = element(
      "section",
      "liaison-contact",
      element("h2", "h6", heading),
      ...contacts.map(contactLine),
    );
    box.id = "liaison_contact";
    place.append(box);
  }

  async function start() {
    const id =
      new URLSearchParams(document.location.search).get("biblionumber") ||
      (document.location.pathname.match(/^\/bib\/([0-9]+)$/) || [])[1];
    if (document.body.id !== "opac-detail" || !/^[1-9][0-9]*$/.test(id || "")) return;
    try {
      const response = await fetch(`/api/v1/contrib/liaison/opac/biblios/${id}/contact`, {
        headers: { Accept: "application/json" },
        credentials: "omit",
      });
      if (response.ok) show((await response.json()).contacts);
    } catch {
      // An extra: the page works the same without it.
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
