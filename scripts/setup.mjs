// Runs under the machine's own Node, before ours is there: installs the npm packages when they are missing
// or older than the lock file, and with --test the Debian packages of the tests' real peers, where it may.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";

const say = (text) => process.stderr.write(`setup: ${text}\n`);
const stamp = "node_modules/.cache/setup-stamp";
const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
  say("installing the npm packages (once)");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: ["ignore", 2, 2],
  });
  if (npm.status !== 0) {
    say("npm ci failed; its own messages are above");
    process.exit(npm.status ?? 1);
  }
  mkdirSync("node_modules/.cache", { recursive: true });
  writeFileSync(stamp, lock);
}

if (process.argv.includes("--test")) {
  const peers = {
    zebrasrv: "idzebra-2.0",
    "yaz-marcdump": "yaz",
    chromium: "chromium",
    pdfinfo: "poppler-utils",
    mariadbd: "mariadb-server",
    php: "php-cli php-mysql php-xml php-mbstring",
    "/usr/share/wordpress": "wordpress",
    "/usr/share/wordpress/wp-content/themes/twentytwentythree": "wordpress-theme-twentytwentythree",
    "/usr/lib/python3/dist-packages/openpyxl": "python3-openpyxl",
    "/usr/share/perl5/Library/CallNumber/LC.pm": "liblibrary-callnumber-lc-perl",
    "Mojolicious::Plugin::OpenAPI": "libmojolicious-plugin-openapi-perl",
    "DBD::MariaDB": "libdbd-mariadb-perl",
    "Modern::Perl": "libmodern-perl-perl",
    "Template::Context": "libtemplate-perl",
  };
  // A file, a Perl module or a program.
  const has = (peer) => {
    if (peer.startsWith("/")) return existsSync(peer);
    if (peer.includes("::")) return spawnSync("perl", [`-M${peer}`, "-e", "1"]).status === 0;
    return spawnSync("sh", ["-c", `command -v ${peer}`]).status === 0;
  };
  const wanted = Object.entries(peers)
    .filter(([peer]) => !has(peer))
    .flatMap(([, names]) => names.split(" "));
  if (wanted.length > 0 && process.getuid?.() === 0 && has("apt-get")) {
    say(`installing the Debian packages ${wanted.join(", ")} for the tests`);
    const apt = (...args) =>
      spawnSync("apt-get", ["-qq", ...args], {
        stdio: ["ignore", 2, 2],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
    apt("update");
    if (apt("install", "-y", "--no-install-recommends", ...wanted).status !== 0)
      say("apt-get failed; the tests that need these packages will say so");
  } else if (wanted.length > 0) {
    say(`not installed: ${wanted.join(", ")}; the tests that need them will say so by name`);
  }
}
