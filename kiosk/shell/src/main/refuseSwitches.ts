/** Switches that open an installed mirror to whoever can start it: debuggers, other files, weaker walls. */
const FORBIDDEN = [
  "remote-debugging-port",
  "remote-debugging-pipe",
  "remote-debugging-address",
  "inspect",
  "inspect-brk",
  "inspect-port",
  "js-flags",
  "load-extension",
  "disable-extensions-except",
  "disable-web-security",
  "no-sandbox",
  "disable-setuid-sandbox",
  "disable-site-isolation-trials",
  "allow-file-access-from-files",
  "ignore-certificate-errors",
  "host-rules",
  "host-resolver-rules",
  "proxy-server",
  "page",
] as const;

/** The first of the arguments that an installed mirror does not start with. */
export function findForbiddenSwitch(args: readonly string[]): string | undefined {
  return args.find((arg) => FORBIDDEN.some((name) => arg === `--${name}` || arg.startsWith(`--${name}=`)));
}
