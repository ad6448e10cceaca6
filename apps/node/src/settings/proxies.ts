/** The proxies through which requests are sent, as the variables of the environment name them; an empty text is none. */
export interface Proxies {
  /** `HTTP_PROXY`: for addresses with `http:`. */
  readonly httpProxy: string
  /** `HTTPS_PROXY`: for addresses with `https:`. */
  readonly httpsProxy: string
  /** `NO_PROXY`: hosts that are reached without one, separated by commas. */
  readonly noProxy: string
}

/** Reads the proxies; programs use these names in either case. */
export function readProxies(values: Readonly<Record<string, string | undefined>>): Proxies {
  const read = (name: string) => (values[name] ?? values[name.toLowerCase()] ?? '').trim()
  return {
    httpProxy: read('HTTP_PROXY'),
    httpsProxy: read('HTTPS_PROXY'),
    noProxy: read('NO_PROXY'),
  }
}
