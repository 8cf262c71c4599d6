/** The only list of connectors. Each is loaded when it is used: a broken or unused one costs nothing. */
import type { Delivery, Source } from "../src/kit/contract.ts";

export const registry = {
  sources: {
    koha: async (): Promise<Source> => (await import("./koha/index.ts")).koha,
    sru: async (): Promise<Source> => (await import("./sru/index.ts")).sru,
    summon: async (): Promise<Source> => (await import("./summon/index.ts")).summon,
    "oai-pmh": async (): Promise<Source> => (await import("./oai-pmh/index.ts")).oaiPmh,
    sushi: async (): Promise<Source> => (await import("./sushi/index.ts")).sushi,
    holdingsiq: async (): Promise<Source> => (await import("./holdingsiq/index.ts")).holdingsiq,
    kbart: async (): Promise<Source> => (await import("./kbart/index.ts")).kbart,
  },
  deliveries: {
    email: async (): Promise<Delivery> => (await import("./email/index.ts")).email,
    file: async (): Promise<Delivery> => (await import("./file-delivery/index.ts")).fileDelivery,
    feed: async (): Promise<Delivery> => (await import("./feed/index.ts")).feed,
    wordpress: async (): Promise<Delivery> => (await import("./wordpress/index.ts")).wordpress,
  },
};
