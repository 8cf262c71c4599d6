import type { Translation } from "../translation.ts";

/** Sentences of the annual assessment, of statistics and of figures of any measure, in German. */
export const annual: Translation = {
  "section.text": "Über das Fach",
  "section.holdings": "Bestand und Zuwachs",
  "section.profile": "Bestandsprofil",
  "section.use-years": "Nutzung in fünf Jahren",
  "section.concentration": "Was sich bewegt und was ruht",
  "section.purchases": "Erwerbung",
  "section.unmet-demand": "Was nicht erfüllt werden konnte",
  "section.open-access": "Open Access",
  "section.overlap": "Neben anderen Bibliotheken",
  "section.recommendations": "Empfehlungen",
  "section.method": "Methode und Güte der Daten",

  "measures-named": "Kennzahlen: {ids}.",
  "years-flows": "Derselbe Zeitraum in fünf Jahren, bis {day}",
  "years-mixed": "Am Ende jedes Jahres und darin, bis {day}",
  "holdings-none": "Es gibt keinen Bestand.",
  "holdings-past":
    "Frühere Jahre sind aus dem gezählt, was der Katalog noch weiß: Exemplare, die vor dem ersten Einlesen gelöscht wurden, fehlen darin.",
  "profile-caption":
    "Exemplare am Ende des Zeitraums, Nutzungen und Fernleihen darin, die größten Klassen zuerst",
  "profile-note":
    "100 % heißt: der Anteil der Klasse an den Nutzungen der Bibliothek ist so groß wie ihr Anteil an den Exemplaren. Ein Strich steht bei Klassen mit zu wenigen Exemplaren für eine solche Zahl.",
  "use-none": "Es ist keine Nutzung verzeichnet.",
  "season-caption": "Nutzung nach Kalendermonat: 1 ist der durchschnittliche Monat, über alle ganzen Jahre",
  "season-alt":
    "Nutzung nach Kalendermonat, am höchsten {high} im {highMonth}, am niedrigsten {low} im {lowMonth}.",
  "none-waiting": "keiner wartet",
  "none-bought": "nichts gekauft",
  "none-matched": "kein Titel in der Liste gefunden",
  "bought-in": "von dem, was im Zeitraum {period} kam",
  "bought-caption": "Was im Zeitraum eintraf, nach Etat",
  "no-fund": "Ohne Etat",
  "beside-library": "{what} ({name})",
  "overlap-remark": "{matched} von {titles} Titeln fanden sich in der Liste vom {day}",
  "recommend-where":
    "Hier steht noch nichts. Der Text gehört in recommendations/{file}, unter die Überschrift „{heading}“.",
  "recommended-before": "Geschrieben für {period}:",
  "method-missing": "Keine Quelle liefert: {what}.",
  "method-not-counted":
    "Lehre, Forschung und Bestandserhaltung werden nicht gezählt: was sie vom Bestand brauchen, gehört in die Empfehlungen.",
  "definitions-caption": "Was die Zahlen dieses Berichts bedeuten",
  "column.period": "Zeitraum",
  "column.measure": "Zahl",
  "column.definition": "Definition",
  "column.id": "Kennzahl",

  "label.use-gini": "Wie ungleich die Nutzung verteilt ist (0 alle gleich, 1 eines hat alles)",
  "label.use-half-life": "Alter der Hälfte des Genutzten",
  "label.shelf-time-cutoff": "Ruhemonate, die 96 % der Nutzung abdecken",
  "label.subject-evenness": "Wie gleichmäßig über die Klassen verteilt (1 ist völlig)",
  "label.demand-mismatch": "Abstand von Bestand und Nutzung (0 keiner, 1 getrennt)",
  "label.overdue-orders": "Bestellungen, die länger als 90 Tage offen sind",
  "label.holds-per-copy": "Wartende je Exemplar",
  "label.suggestion-decision-days": "Vom Vorschlag zur Antwort",
  "label.suggestion-oldest-open-days": "Der älteste Vorschlag wartet",
  "label.open-access-title-share": "Offene Titel unter denen, von denen man es weiß",
  "label.unique-share": "Titel, die keine andere Bibliothek hat",
  "label.overlap-share": "Titel, die andere auch haben",
  "label.relative-use": "Nutzung für seine Größe",
  "label.fund-balance": "Geld der Etats",
  "label.fund-pace": "Tempo der Etats",

  "count-of": "{part} von {whole}",
  points: "{sign}{points} Punkte",
  "in-years": "{count, plural, one {{text} Jahr} other {{text} Jahre}}",
  "in-months": "{count, plural, one {{text} Monat} other {{text} Monate}}",
  "in-days": "{count, plural, one {{text} Tag} other {{text} Tage}}",
  "none-held": "kein Bestand",
  "none-used": "keine Nutzung",
  "none-lendable": "kein ausleihbares Exemplar",
  "none-decided": "noch keiner entschieden",
  "too-few-years":
    "braucht drei ganze Jahre an Ausleihen; {years, plural, =0 {keines ist} one {# ist} other {# sind}} verzeichnet",
  "too-few-counts": "zu wenige für eine Zahl: {part} von {whole}",
  "too-few-words": "zu wenige für eine Zahl",
  "no-source": "keine Quelle liefert {what}",
  "unknown-here": "für diesen Zeitraum nicht bekannt",
  "word.buy-more": "mehr kaufen",
  "word.well-matched": "gut getroffen",
  "word.refresh": "erneuern",
  "word.quiet": "ruhig",
  "word.in-balance": "im Gleichgewicht",
  "label.titles-held": "Titel",
  "label.items-held": "Exemplare",
  "label.circulating-items": "Ausleihbare Exemplare",
  "label.items-withdrawn": "Ausgeschiedene Exemplare",
  "label.net-growth-rate": "Zuwachs des Bestands",
  "label.copies-per-title": "Exemplare je Titel",
  "label.missing-share": "Verloren oder vermisst",
  "label.collection-value": "Kosten der Wiederbeschaffung",
  "label.median-publication-year": "Die Hälfte erschien in oder nach",
  "label.total-use": "Nutzungen",
  "label.renewals": "Verlängerungen",
  "label.turnover": "Nutzungen je Exemplar",
  "label.use-change": "Veränderung der Nutzung",
  "label.percent-expected-use": "Nutzung, gemessen an der erwarteten",
  "label.demand-quadrant": "Nachfrage neben Bestand",
  "label.ill-requests": "Fernleihen",
  "label.ill-holdings-ratio": "Fernleihen, gemessen an den erwarteten",
  "label.use-concentration-80": "Teil der Exemplare, auf den 80 % der Nutzung fallen",
  "label.unused-share": "Exemplare ohne Nutzung in dieser Zeit",
  "label.dead-stock-share": "Exemplare, die 10 Jahre ruhen",
  "label.mean-price": "Preis eines Exemplars",
  "label.first-year-use-share": "Im ersten Jahr genutzt",
  "label.order-lag-days": "Von der Bestellung zum Eingang",
  "label.cost-per-use-print": "Kosten je Nutzung bisher, vom Gekauften",
  "label.electronic-requests": "Abrufe von E-Ressourcen",
  "label.open-access-use-share": "Open Access am Abgerufenen",
  "label.electronic-unused-share": "E-Titel, die niemand geöffnet hat",
  "label.cost-per-use-electronic": "Kosten je geöffnetem Artikel",
  "label.turnaways": "Abweisungen",
  "label.denial-rate": "Versuche, die abgewiesen wurden",
  "label.classified-share": "Exemplare mit sortierbarer Signatur",
  "label.assigned-share": "Bestand, für den jemand zuständig ist",
  "label.data-coverage": "Tage mit vollständigen Ausleihen",
  "label.seasonality": "Saison",
  "label.suggestion-acceptance-rate": "Angenommene Vorschläge",
  "label.hold-fill-rate": "Erfüllte Vormerkungen",
  "of-library": "{percent} der {count} der Bibliothek",
  "beside-peers":
    "die Hälfte von {departments, plural, other {# anderen Fächern}} mit genug davon hat {middle} oder weniger",
  "stream.usage": "Nutzungsberichte",
  "stream.e-titles": "Listen von E-Titeln",
  "stream.package-costs": "Kosten von Paketen",
  "stream.hold-counts": "wie Vormerkungen endeten",

  "definition.titles-held":
    "Vor dem Ende des Zeitraums angelegte und nicht gelöschte Titelaufnahmen, verzeichnete E-Ressourcen eingeschlossen (ISO 2789).",
  "definition.items-held":
    "Vor dem Ende des Zeitraums zugegangene, weder gelöschte noch ausgeschiedene Exemplare; verlorene und nicht ausleihbare zählen mit (ISO 2789).",
  "definition.circulating-items": "Davon die, die weder verloren noch von der Ausleihe ausgeschlossen sind.",
  "definition.items-added": "Im Zeitraum zugegangene Exemplare, auch wenn sie wieder fort sind.",
  "definition.items-withdrawn":
    "Im Zeitraum gelöschte oder ausgeschiedene Exemplare; ein verlorenes ist nicht fort.",
  "definition.net-growth-rate": "Zugang weniger Abgang, in Prozent des Bestands am Anfang.",
  "definition.copies-per-title": "Exemplare geteilt durch Titel mit mindestens einem Exemplar.",
  "definition.missing-share": "Verlorene oder vermisste Exemplare in Prozent des Bestands.",
  "definition.collection-value": "Summe der Wiederbeschaffungspreise; Exemplare ohne Preis fehlen.",
  "definition.median-publication-year":
    "Die Hälfte der datierten Exemplare erschien in diesem Jahr oder danach.",
  "definition.recent-share": "In den letzten zehn Jahren erschienene Exemplare in Prozent aller datierten.",
  "definition.classified-share":
    "Exemplare, deren Signatur sich in Regalordnung bringen lässt, in Prozent des Bestands.",
  "definition.assigned-share":
    "Exemplare mit mindestens einem zuständigen Fach, in Prozent aller; der ganzen Bibliothek.",
  "definition.data-coverage":
    "Tage mit vollständigen Ausleihen in Prozent aller Tage des Zeitraums; der ganzen Bibliothek.",
  "definition.subject-evenness":
    "Shannon-Entropie der Titel über die Klassen, geteilt durch ihr Höchstmaß (Pielou 1966).",
  "definition.demand-mismatch":
    "Halbe Summe der Unterschiede zwischen dem Anteil einer Klasse an den Exemplaren und an den Nutzungen (Dissimilaritätsindex).",
  "definition.unique-share": "Titel ohne anderen Besitzer in Prozent der in der Liste gefundenen.",
  "definition.overlap-share": "Titel mit anderen Besitzern in Prozent der in der Liste gefundenen.",
  "definition.open-access-title-share":
    "Offene Titel in Prozent derer, die als offen oder beschränkt bekannt sind.",
  "definition.checkouts": "Erste Ausleihen an Leser im Zeitraum (ISO 2789); Verlängerungen zählen getrennt.",
  "definition.renewals":
    "Verlängerungen im Zeitraum; kein Teil der Nutzungen, außer die Bibliothek zählt sie mit.",
  "definition.in-house-uses": "Beim Zurückstellen erfasste Exemplare; das zählt zu wenige.",
  "definition.total-use": "Ausleihen, Nutzungen im Haus und im Lesesaal, soweit sie verzeichnet sind.",
  "definition.turnover":
    "Nutzungen im Zeitraum, geteilt durch die ausleihbaren Exemplare an seinem Ende (ISO 11620).",
  "definition.unused-share":
    "Exemplare, die den ganzen Zeitraum ausleihbar waren und ohne Nutzung blieben, in Prozent aller solchen (ISO 11620).",
  "definition.dead-stock-share":
    "Exemplare, die länger als zehn Jahre da sind und in den letzten zehn nicht genutzt wurden, in Prozent aller so alten (Kent 1979).",
  "definition.relative-use":
    "Anteil an den Nutzungen der Bibliothek, geteilt durch den an ihren Exemplaren (Bonn 1974).",
  "definition.percent-expected-use":
    "Anteil an den Nutzungen der Bibliothek in Prozent des Anteils an ihren Exemplaren (Mills 1981): 100 % lässt die Größe erwarten.",
  "definition.use-concentration-80":
    "Kleinster Teil der Exemplare, der 80 % der Nutzungen ausmacht (Trueswell 1969).",
  "definition.use-gini": "Gini-Koeffizient der Nutzungen der Exemplare, ungenutzte eingeschlossen.",
  "definition.use-half-life":
    "Mittleres Alter des Genutzten in Jahren seit dem Zugang, nach Nutzungen gewogen (Line & Sandison 1974).",
  "definition.shelf-time-cutoff":
    "Monate seit der vorigen Nutzung, die 96 % der Nutzungen nicht überschreiten (Trueswell 1965).",
  "definition.first-year-use-share":
    "Im Monat des Zugangs oder den elf danach genutzte Exemplare in Prozent derer, deren zwölf Monate vorbei sind (Kent 1979).",
  "definition.use-change":
    "Veränderung gegen denselben Zeitraum des Vorjahrs; kleine Unterschiede sind Zufall und zählen nicht.",
  "definition.seasonality":
    "Nutzungen eines Kalendermonats mal zwölf, geteilt durch alle Nutzungen ganzer Jahre.",
  "definition.holds-per-copy":
    "Offene Vormerkungen, geteilt durch ausleihbare und bestellte Exemplare der vorgemerkten Titel.",
  "definition.hold-fill-rate":
    "Erfüllte Vormerkungen in Prozent der erfüllten, stornierten und abgelaufenen.",
  "definition.ill-requests": "Im Zeitraum bestellte Fernleihen ohne stornierte (ISO 2789).",
  "definition.ill-holdings-ratio":
    "Anteil an den Fernleihen der Bibliothek, geteilt durch den an ihren Exemplaren (Aguilar 1986).",
  "definition.demand-quadrant":
    "Erwartete Nutzung und Fernleihen für die Größe, jeweils hoch über 1,2 und niedrig unter 0,8, in einem Wort (nach Aguilar).",
  "definition.turnaways":
    "Zugriffe, die an fehlender Lizenz oder an zu vielen Lesenden scheiterten (COUNTER).",
  "definition.denial-rate": "Abweisungen in Prozent der Abweisungen und Abrufe derselben Plattformen.",
  "definition.suggestions-received": "Anschaffungsvorschläge von Lesern im Zeitraum.",
  "definition.suggestion-acceptance-rate":
    "Angenommene, bestellte oder gekaufte Vorschläge in Prozent der entschiedenen.",
  "definition.suggestion-decision-days": "Median der Tage vom Vorschlag zur Entscheidung.",
  "definition.suggestion-oldest-open-days": "Tage, die der älteste unentschiedene Vorschlag wartet.",
  "definition.fund-balance":
    "Zugewiesen, weniger Ausgaben für Eingegangenes und Verpflichtungen für Bestelltes, wie Kohas Etatseite zählt.",
  "definition.fund-pace":
    "Ausgegebener oder gebundener Teil der Zuweisung, geteilt durch den vergangenen Teil des Jahres.",
  "definition.mean-price": "Preis der im Zeitraum eingegangenen Exemplare, geteilt durch ihre Zahl.",
  "definition.order-lag-days":
    "Median der Tage von der Bestellung zum Eingang, für im Zeitraum Eingegangenes.",
  "definition.overdue-orders": "Vor mehr als 90 Tagen Bestelltes, das nicht vollständig eingetroffen ist.",
  "definition.cost-per-use-print":
    "Preis der Exemplare eines Jahres, geteilt durch ihre Nutzungen seither; er sinkt mit der Zeit.",
  "definition.electronic-requests": "Abrufe von E-Ressourcen, einer COUNTER-Kennzahl (Total Item Requests).",
  "definition.open-access-use-share": "Abrufe offener Inhalte in Prozent aller Abrufe (COUNTER).",
  "definition.electronic-unused-share": "E-Titel ohne Abruf in Prozent derer auf berichtenden Plattformen.",
  "definition.cost-per-use-electronic":
    "Kosten der Monate mit Bericht, geteilt durch die Unique Item Requests darin; Monate ohne Bericht zählen auf keiner Seite.",
  "definition.use-forecast":
    "Niveau der letzten zwölf Monate mal Saison, mit einer Spanne, die in vier von fünf Fällen hält.",
  "definition.audience-share": "Ausleihen nach Lesergruppe; kleine Gruppen bleiben verborgen.",
  "definition.copies-to-buy": "Exemplare, mit denen die Warteschlange unter die Grenze der Bibliothek sinkt.",
  "definition.supply-demand-gap":
    "Anteil an den Nutzungen weniger Anteil an den Exemplaren, in Punkten (Mostyn 1974).",
  "definition.bradford-zones":
    "Titel nach fallender Nutzung in drei Gruppen, auf die je ein Drittel der Nutzung fällt (Bradford 1934).",
  "definition.estimated-time-on-loan":
    "Ausleihen mal übliche Leihtage in Prozent der Tage im Bestand; eine Schätzung.",

  // National statistics
  "section.statistics": "Statistik",
  "statistics-form": "Zeilen von {form}",
  "statistics-counts": "Vom {from} bis {to}",
  "statistics-money": "Ausgaben, vom {from} bis {to}",
  "statistics-blank":
    "0 heißt, dass es nichts gibt. Was keine Quelle hat oder nicht zutrifft, bleibt leer. Nichts davon wird von selbst verschickt.",
  "column.line": "Zeile",
  "column.what": "Wonach gefragt wird",
  "column.value": "Wert",
  "column.counted": "Wie gezählt wurde",
  "column.left-out": "Was fehlt",
  "sum-of-lines": "Summe der Zeilen {lines}.",
  "spent-all": "Preis des im Zeitraum Eingegangenen, aller Etats, ohne Fracht und Rechnungskorrekturen.",
  "spent-funds":
    "Preis des im Zeitraum Eingegangenen, der Etats {funds}, ohne Fracht und Rechnungskorrekturen.",
  "only-where": "Nur {by}: {codes}.",
  "only-with": "{name}: {value}.",
  "no-funds-of-class": "Für die Ausgabenklasse „{class}“ ist kein Etat genannt.",
  "line-no-source": "Keine Quelle liefert es.",
  "line-unknown": "Für diesen Zeitraum nicht bekannt.",
  "line-coverage": "Die Daten sind für {percent} der Tage vollständig.",
  "line-blank": "Ohne die Zeilen {lines}, die leer sind.",
  "no-code": "ohne Kürzel",
  "in-no-line": "In keiner Zeile, {measure} nach {by}: {parts}.",
  "ipeds-survey":
    "Ein Haushaltsjahr von zwölf Monaten, das vor dem 1. Oktober endete: es gehört zur Erhebung {survey}.",
  "ipeds-no-year":
    "IPEDS fragt nach einem Haushaltsjahr von zwölf Monaten, das vor dem 1. Oktober endete; dieser Zeitraum ist keines. Sein letzter Tag gehörte zur Erhebung {survey}.",
  "label.e-titles-held": "E-Titel",
  "definition.e-titles-held": "E-Titel der Pakete der Bibliothek, wie sie jetzt gelistet sind, jeder einmal.",
};
