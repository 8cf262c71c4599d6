import type { Translation } from "../translation.ts";

/** Sentences of the annual assessment, of statistics and of figures of any measure, in Spanish. */
export const annual: Translation = {
  "section.text": "Sobre la materia",
  "section.holdings": "Fondo y crecimiento",
  "section.profile": "Perfil del fondo",
  "section.use-years": "El uso en cinco años",
  "section.concentration": "Lo que circula y lo que reposa",
  "section.purchases": "Adquisiciones",
  "section.unmet-demand": "Lo que no se pudo satisfacer",
  "section.open-access": "Acceso abierto",
  "section.overlap": "Junto a otras bibliotecas",
  "section.recommendations": "Recomendaciones",
  "section.method": "Método y calidad de los datos",

  "measures-named": "Indicadores: {ids}.",
  "years-flows": "El mismo periodo en cinco años, hasta el {day}",
  "years-mixed": "Al final de cada año y durante él, hasta el {day}",
  "holdings-none": "No hay fondo.",
  "holdings-past":
    "Los años anteriores se cuentan con lo que el catálogo aún sabe: faltan en ellos los ejemplares borrados antes de la primera lectura.",
  "profile-caption":
    "Ejemplares al final del periodo, usos y préstamos interbibliotecarios durante él, primero las clases mayores",
  "profile-note":
    "100 % significa: la parte de la clase en los usos de la biblioteca es tan grande como su parte de los ejemplares. Una raya señala las clases con demasiado pocos ejemplares para tal cifra.",
  "use-none": "No consta ningún uso.",
  "season-caption": "Uso por mes del año: 1 es el mes medio, en todos los años enteros",
  "season-alt": "Uso por mes del año, máximo {high} en {highMonth}, mínimo {low} en {lowMonth}.",
  "none-waiting": "ninguna espera",
  "none-bought": "no se compró nada",
  "none-matched": "ningún título se encontró en la lista",
  "bought-in": "de lo que llegó en: {period}",
  "bought-caption": "Lo que llegó en el periodo, por presupuesto",
  "no-fund": "Sin presupuesto",
  "beside-library": "{what} ({name})",
  "overlap-remark": "{matched} de {titles} títulos se encontraron en la lista del {day}",
  "recommend-where":
    "Aún no hay nada escrito. El texto va en recommendations/{file}, bajo el título «{heading}».",
  "recommended-before": "Escrito para {period}:",
  "method-missing": "Ninguna fuente aporta: {what}.",
  "method-not-counted":
    "La enseñanza, la investigación y la conservación no se cuentan: lo que piden del fondo es materia de las recomendaciones.",
  "definitions-caption": "Qué significan las cifras de este informe",
  "column.period": "Periodo",
  "column.measure": "Cifra",
  "column.definition": "Definición",
  "column.id": "Indicador",

  "label.use-gini": "Desigualdad del uso (0 todos iguales, 1 uno lo tiene todo)",
  "label.use-half-life": "Antigüedad de la mitad de lo usado",
  "label.shelf-time-cutoff": "Meses de reposo que cubren el 96 % del uso",
  "label.subject-evenness": "Regularidad del reparto entre clases (1 es perfecta)",
  "label.demand-mismatch": "Distancia entre fondo y uso (0 ninguna, 1 total)",
  "label.overdue-orders": "Pedidos abiertos desde hace más de 90 días",
  "label.holds-per-copy": "Lectores en espera por ejemplar",
  "label.suggestion-decision-days": "De la sugerencia a la respuesta",
  "label.suggestion-oldest-open-days": "La sugerencia más antigua espera",
  "label.open-access-title-share": "Títulos abiertos, entre los que se conocen",
  "label.unique-share": "Títulos que ninguna otra biblioteca tiene",
  "label.overlap-share": "Títulos que otras también tienen",
  "label.relative-use": "El uso según su tamaño",
  "label.fund-balance": "Dinero de los presupuestos",
  "label.fund-pace": "Ritmo de los presupuestos",

  "count-of": "{part} de {whole}",
  points: "{sign}{points} puntos",
  "in-years": "{count, plural, one {{text} año} many {{text} años} other {{text} años}}",
  "in-months": "{count, plural, one {{text} mes} many {{text} meses} other {{text} meses}}",
  "in-days": "{count, plural, one {{text} día} many {{text} días} other {{text} días}}",
  "none-held": "sin fondo",
  "none-used": "sin uso",
  "none-lendable": "ningún ejemplar prestable",
  "none-decided": "ninguna decidida aún",
  "too-few-years":
    "requiere tres años enteros de préstamos; {years, plural, =0 {no consta ninguno} one {consta #} many {constan #} other {constan #}}",
  "too-few-counts": "demasiado pocos para una cifra: {part} de {whole}",
  "too-few-words": "demasiado pocos para una cifra",
  "no-source": "ninguna fuente aporta {what}",
  "unknown-here": "se desconoce para este periodo",
  "word.buy-more": "comprar más",
  "word.well-matched": "bien ajustado",
  "word.refresh": "renovar",
  "word.quiet": "tranquilo",
  "word.in-balance": "en equilibrio",
  "label.titles-held": "Títulos",
  "label.items-held": "Ejemplares",
  "label.circulating-items": "Ejemplares prestables",
  "label.items-withdrawn": "Ejemplares retirados",
  "label.net-growth-rate": "Crecimiento del fondo",
  "label.copies-per-title": "Ejemplares por título",
  "label.missing-share": "Perdidos o extraviados",
  "label.collection-value": "Coste de reposición",
  "label.median-publication-year": "La mitad se publicó en, o después de",
  "label.total-use": "Usos",
  "label.renewals": "Renovaciones",
  "label.turnover": "Usos por ejemplar",
  "label.use-change": "Variación del uso",
  "label.percent-expected-use": "Uso, respecto al esperado",
  "label.demand-quadrant": "La demanda ante el fondo",
  "label.ill-requests": "Préstamos interbibliotecarios",
  "label.ill-holdings-ratio": "Préstamos interbibliotecarios, respecto a los esperados",
  "label.use-concentration-80": "Parte de los ejemplares que hace el 80 % del uso",
  "label.unused-share": "Ejemplares sin uso en este tiempo",
  "label.dead-stock-share": "Ejemplares sin uso en 10 años",
  "label.mean-price": "Precio de un ejemplar",
  "label.first-year-use-share": "Usados en el año de su llegada",
  "label.order-lag-days": "Del pedido a la llegada",
  "label.cost-per-use-print": "Coste por uso hasta ahora, de lo comprado",
  "label.electronic-requests": "Consultas de recursos electrónicos",
  "label.open-access-use-share": "Acceso abierto, de lo consultado",
  "label.electronic-unused-share": "Títulos electrónicos que nadie abrió",
  "label.cost-per-use-electronic": "Coste de un artículo abierto",
  "label.turnaways": "Accesos denegados",
  "label.denial-rate": "Intentos denegados",
  "label.classified-share": "Ejemplares con signatura ordenable",
  "label.assigned-share": "Fondo que alguien cuida",
  "label.data-coverage": "Días con préstamos completos",
  "label.seasonality": "Estacionalidad",
  "label.suggestion-acceptance-rate": "Sugerencias aceptadas",
  "label.hold-fill-rate": "Reservas satisfechas",
  "of-library": "{percent} de los {count} de la biblioteca",
  "beside-peers":
    "la mitad de {departments, plural, one {# otra materia} many {# otras materias} other {# otras materias}} con bastantes tiene {middle} o menos",
  "stream.usage": "informes de uso",
  "stream.e-titles": "listas de títulos electrónicos",
  "stream.package-costs": "costes de paquetes",
  "stream.hold-counts": "cómo acabaron las reservas",

  "definition.titles-held":
    "Registros creados y no borrados antes del final del periodo, recursos electrónicos catalogados incluidos (ISO 2789).",
  "definition.items-held":
    "Ejemplares adquiridos, ni borrados ni retirados, antes del final del periodo; perdidos y no prestables incluidos (ISO 2789).",
  "definition.circulating-items": "De ellos, los que no están perdidos ni excluidos del préstamo.",
  "definition.items-added": "Ejemplares adquiridos en el periodo, también los que ya no están.",
  "definition.items-withdrawn": "Ejemplares borrados o retirados en el periodo; uno perdido no ha salido.",
  "definition.net-growth-rate": "Altas menos bajas, en porcentaje del fondo al principio.",
  "definition.copies-per-title": "Ejemplares divididos por los títulos que tienen al menos uno.",
  "definition.missing-share": "Ejemplares perdidos o extraviados, en porcentaje del fondo.",
  "definition.collection-value": "Suma de los precios de reposición; los ejemplares sin precio quedan fuera.",
  "definition.median-publication-year": "La mitad de los ejemplares fechados se publicó ese año o después.",
  "definition.recent-share": "Ejemplares publicados en los últimos diez años, en porcentaje de los fechados.",
  "definition.classified-share":
    "Ejemplares cuya signatura puede ordenarse en el estante, en porcentaje del fondo.",
  "definition.assigned-share":
    "Ejemplares de al menos una materia, en porcentaje de todos; de toda la biblioteca.",
  "definition.data-coverage":
    "Días con préstamos completos, en porcentaje de los días del periodo; de toda la biblioteca.",
  "definition.subject-evenness":
    "Entropía de Shannon de los títulos entre las clases, dividida por su máximo (Pielou 1966).",
  "definition.demand-mismatch":
    "Mitad de la suma de las diferencias entre la parte de cada clase en los ejemplares y en los usos (índice de disimilitud).",
  "definition.unique-share": "Títulos sin otro poseedor, en porcentaje de los encontrados en la lista.",
  "definition.overlap-share": "Títulos con otros poseedores, en porcentaje de los encontrados en la lista.",
  "definition.open-access-title-share":
    "Títulos abiertos, en porcentaje de los que se saben abiertos o restringidos.",
  "definition.checkouts":
    "Primeros préstamos a lectores en el periodo (ISO 2789); las renovaciones van aparte.",
  "definition.renewals": "Renovaciones en el periodo; fuera de los usos, salvo que la biblioteca las cuente.",
  "definition.in-house-uses": "Ejemplares registrados al devolverlos al estante, lo que cuenta de menos.",
  "definition.total-use": "Préstamos, usos en la casa y préstamos en sala, en la medida en que se registran.",
  "definition.turnover": "Usos del periodo, divididos por los ejemplares prestables a su final (ISO 11620).",
  "definition.unused-share":
    "Ejemplares prestables durante todo el periodo y sin uso en él, en porcentaje de todos ellos (ISO 11620).",
  "definition.dead-stock-share":
    "Ejemplares con más de diez años y sin uso en los diez últimos, en porcentaje de todos los tan antiguos (Kent 1979).",
  "definition.relative-use":
    "Parte de los usos de la biblioteca, dividida por la parte de sus ejemplares (Bonn 1974).",
  "definition.percent-expected-use":
    "Parte de los usos de la biblioteca, en porcentaje de la parte de sus ejemplares (Mills 1981): 100 % es lo que el tamaño deja esperar.",
  "definition.use-concentration-80":
    "La menor parte de los ejemplares que hace el 80 % de los usos (Trueswell 1969).",
  "definition.use-gini": "Coeficiente de Gini de los usos de los ejemplares, incluidos los no usados.",
  "definition.use-half-life":
    "Edad mediana de lo usado, en años desde la adquisición, ponderada por usos (Line y Sandison 1974).",
  "definition.shelf-time-cutoff":
    "Meses desde el uso anterior que el 96 % de los usos no supera (Trueswell 1965).",
  "definition.first-year-use-share":
    "Ejemplares usados en el mes de su adquisición o los once siguientes, en porcentaje de los que ya cumplieron los doce (Kent 1979).",
  "definition.use-change":
    "Variación respecto al mismo periodo del año anterior; las diferencias pequeñas son azar y no cuentan.",
  "definition.seasonality": "Usos de un mes del año por doce, divididos por todos los usos de años enteros.",
  "definition.holds-per-copy":
    "Reservas abiertas, divididas por los ejemplares prestables y pedidos de los títulos reservados.",
  "definition.hold-fill-rate":
    "Reservas satisfechas, en porcentaje de las satisfechas, anuladas o caducadas.",
  "definition.ill-requests":
    "Préstamos interbibliotecarios pedidos en el periodo, sin los anulados (ISO 2789).",
  "definition.ill-holdings-ratio":
    "Parte de los préstamos interbibliotecarios, dividida por la parte de los ejemplares (Aguilar 1986).",
  "definition.demand-quadrant":
    "Uso esperado y préstamos interbibliotecarios según el tamaño, altos sobre 1,2 y bajos bajo 0,8, en una palabra (según Aguilar).",
  "definition.turnaways": "Accesos denegados por falta de licencia o por exceso de lectores (COUNTER).",
  "definition.denial-rate":
    "Accesos denegados, en porcentaje de denegados y consultas de las mismas plataformas.",
  "definition.suggestions-received": "Sugerencias de compra de lectores en el periodo.",
  "definition.suggestion-acceptance-rate":
    "Sugerencias aceptadas, pedidas o compradas, en porcentaje de las decididas.",
  "definition.suggestion-decision-days": "Mediana de los días entre la sugerencia y la decisión.",
  "definition.suggestion-oldest-open-days": "Días que espera la sugerencia sin decidir más antigua.",
  "definition.fund-balance":
    "Asignado, menos lo gastado en lo recibido y lo comprometido en lo pedido, como cuenta la página de presupuestos de Koha.",
  "definition.fund-pace":
    "Parte gastada o comprometida de la asignación, dividida por la parte transcurrida del año.",
  "definition.mean-price": "Precio de los ejemplares recibidos en el periodo, dividido por su número.",
  "definition.order-lag-days": "Mediana de los días del pedido a la llegada, de lo recibido en el periodo.",
  "definition.overdue-orders": "Pedidos de hace más de 90 días que no han llegado enteros.",
  "definition.cost-per-use-print":
    "Precio de los ejemplares de un año, dividido por sus usos desde entonces; baja con el tiempo.",
  "definition.electronic-requests":
    "Consultas de recursos electrónicos, de una sola métrica COUNTER (Total Item Requests).",
  "definition.open-access-use-share": "Consultas de contenido abierto, en porcentaje de todas (COUNTER).",
  "definition.electronic-unused-share":
    "Títulos electrónicos sin consulta, en porcentaje de los de plataformas que informan.",
  "definition.cost-per-use-electronic":
    "Coste de los meses con informe, dividido por sus Unique Item Requests; los meses sin informe no cuentan en ningún lado.",
  "definition.use-forecast":
    "Nivel de los últimos doce meses por la estación, con un margen que vale cuatro de cada cinco veces.",
  "definition.audience-share": "Préstamos por grupo de lectores; los grupos pequeños se ocultan.",
  "definition.copies-to-buy": "Ejemplares que bajan la cola al límite fijado por la biblioteca.",
  "definition.supply-demand-gap": "Parte de los usos menos parte de los ejemplares, en puntos (Mostyn 1974).",
  "definition.bradford-zones":
    "Títulos por uso decreciente, en tres grupos que hacen un tercio del uso cada uno (Bradford 1934).",
  "definition.estimated-time-on-loan":
    "Préstamos por los días habituales de un préstamo, en porcentaje de los días de posesión; una estimación.",

  // National statistics
  "section.statistics": "Estadísticas",
  "statistics-form": "Líneas de {form}",
  "statistics-counts": "Del {from} al {to}",
  "statistics-money": "Gastos, del {from} al {to}",
  "statistics-blank":
    "0 significa que no hay. Lo que no tiene fuente, o no procede, queda en blanco. Nada de esto se envía por sí solo.",
  "column.line": "Línea",
  "column.what": "Qué pide el formulario",
  "column.value": "Valor",
  "column.counted": "Cómo se cuenta",
  "column.left-out": "Qué falta",
  "sum-of-lines": "Suma de las líneas {lines}.",
  "spent-all":
    "Precio de lo recibido en el periodo, de todos los presupuestos, sin portes ni ajustes de facturas.",
  "spent-funds":
    "Precio de lo recibido en el periodo, de los presupuestos {funds}, sin portes ni ajustes de facturas.",
  "only-where": "Solo {by}: {codes}.",
  "only-with": "{name}: {value}.",
  "no-funds-of-class": "Ningún presupuesto se nombra para la clase de gastos «{class}».",
  "line-no-source": "Ninguna fuente lo aporta.",
  "line-unknown": "Se desconoce para este periodo.",
  "line-coverage": "Los datos están completos en el {percent} de los días.",
  "line-blank": "Sin las líneas {lines}, que están en blanco.",
  "no-code": "sin código",
  "in-no-line": "En ninguna línea, {measure} por {by}: {parts}.",
  "ipeds-survey":
    "Un ejercicio de doce meses terminado antes del 1 de octubre: corresponde a la encuesta {survey}.",
  "ipeds-no-year":
    "IPEDS pide un ejercicio de doce meses terminado antes del 1 de octubre; este periodo no lo es. Su último día correspondería a la encuesta {survey}.",
  "label.e-titles-held": "Títulos electrónicos",
  "definition.e-titles-held":
    "Títulos electrónicos de los paquetes de la biblioteca tal como se listan ahora, cada uno una vez.",
};
