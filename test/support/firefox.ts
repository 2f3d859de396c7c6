/** Firefox as tests run it: with no way out of this machine. */
export const FIREFOX_PREFS: Readonly<Record<string, unknown>> = {
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
};
