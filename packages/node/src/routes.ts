/** What of an app is needed to find its routes. */
export interface Routed {
  /** The routes of the app, as Hono lists them. */
  readonly routes: readonly { readonly method: string; readonly path: string }[]
}

/** Where a request was sent, and what is known of how it got to the handler. */
export interface Target {
  /** The URLs under which frameworks know the request: as it came, and below the path of a mount. */
  readonly urls: readonly (string | undefined)[]
  /** Whether only requests for the app get here, so that any prefix is one of the framework. */
  readonly isMounted: boolean
}

/** Finds the URL that the app knows a request by; null when the request is for something else. */
export type FindUrl = (target: Target) => string | null

/** Makes the search for the routes of an app. Middleware of an app matches everything and is no route. */
export function createFindUrl({ routes }: Routed): FindUrl {
  const patterns = routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ path }) => withoutSlash(path).split('/'))
  const longest = Math.max(0, ...patterns.map(({ length }) => length - 1))
  const isRoute = (path: string) => {
    const segments = withoutSlash(path).split('/')
    return patterns.some((pattern) => matches(pattern, segments))
  }

  return ({ urls, isMounted }) => {
    const known = urls.filter((url) => url !== undefined)
    const exact = known.find((url) => isRoute(split(url).path))
    if (exact !== undefined || !isMounted) return exact ?? null
    const [url = ''] = known
    const { path, query } = split(url)
    const found = tailsOf(path, longest).find(isRoute)
    return found === undefined ? null : `${found}${query}`
  }
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  const isSame = (part: string, i: number) =>
    part.startsWith(':') ? segments[i] !== '' : segments[i] === part
  return pattern.length === segments.length && pattern.every(isSame)
}

function split(url: string) {
  const start = url.indexOf('?')
  return start < 0
    ? { path: url, query: '' }
    : { path: url.slice(0, start), query: url.slice(start) }
}

/** The path of a route, which may be listed with a final slash, too. */
export function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path
}

/** The last segments of a path, the most of them first; only so many as a route can have. */
function tailsOf(path: string, most: number): readonly string[] {
  const segments = withoutSlash(path).split('/').slice(1).slice(-most)
  return segments.map((_, i) => `/${segments.slice(i).join('/')}`)
}
