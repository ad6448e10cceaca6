import { createServer, readConfig, type Server, type Store } from '@quayside/server'
import { type Clock, createClock, createSimulator, type Simulator } from '@quayside/simulator'

// The server with the provider, a page of the shop, and the receiver of the events.

export const apiKey = 'merchant-key-of-the-tests'
const eventUrl = 'https://shop.example/events'
const pages = 'https://shop.example/result'

/** A person as the form of the window names one. */
export type Person = Readonly<Record<'name' | 'birthday' | 'phone' | 'gender', string>>

export const adult: Person = {
  name: '홍길동',
  birthday: '1990-01-31',
  phone: '01012345678',
  gender: 'male',
}

/** What a test reads of a response. */
export interface TestResponse {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** An event as the receiver gets it. */
export interface ReceivedEvent {
  readonly id: string | null
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface IdentityShopOptions {
  readonly connect: (now: () => Date) => Store
  readonly settings?: Readonly<Record<string, string>>
  /** Whether the server has the secret for digests of people; by default it has. */
  readonly hasPersonKeySecret?: boolean
  /** Answers a request to the provider, or passes it on. */
  readonly interfere?: (
    request: Request,
    pass: () => Promise<Response>,
  ) => Response | Promise<Response>
}

/** The provider's window, as a visitor uses it. */
export interface VerificationWindow {
  readonly impUid: string
  /** Fills the form in and sends it. */
  certify(person?: Person): Promise<void>
  /** Closes the window. */
  cancel(): Promise<void>
}

export interface IdentityShop {
  readonly clock: Clock
  readonly simulator: Simulator
  readonly store: Store
  /** Ends the process, and starts another one on the same database. */
  restart(): void
  /** Any request to the server. */
  request(path: string, init?: RequestInit): Promise<Response>
  readonly lines: string[]
  readonly events: ReceivedEvent[]
  /** Paths of the requests that the provider received. */
  readonly calls: string[]
  /** A request of the merchant's server. */
  api(method: string, path: string, body?: unknown): Promise<TestResponse>
  /** Creates a verification and returns its id. */
  create(body?: Readonly<Record<string, unknown>>): Promise<string>
  openWindow(id: string, channelKey?: string): Promise<VerificationWindow>
  /** Opens the window, completes it, and returns its `imp_uid`. */
  certify(id: string, person?: Person, channelKey?: string): Promise<string>
  /** The page sends what its callback received. */
  callback(fields: Readonly<Record<string, unknown>>): Promise<TestResponse>
  /** A phone returns: the name of the page to which it is led. */
  redirect(fields: Readonly<Record<string, string>>): Promise<string>
  read(id: string): Promise<Readonly<Record<string, unknown>>>
  nextMinute(): Promise<void>
}

/** What the callback of `IMP.certification` receives. */
export function completed(id: string, impUid: string): Readonly<Record<string, unknown>> {
  return {
    success: true,
    imp_uid: impUid,
    merchant_uid: id,
    pg_provider: 'danal',
    pg_type: 'certification',
  }
}

export function createIdentityShop({
  connect,
  settings = {},
  hasPersonKeySecret = true,
  interfere = (_, pass) => pass(),
}: IdentityShopOptions): IdentityShop {
  const clock = createClock({ at: new Date('2026-11-22T03:00:00Z') })
  const simulator = createSimulator({ clock })
  const lines: string[] = []
  const events: ReceivedEvent[] = []
  const calls: string[] = []
  const config = readConfig({
    MODE: 'test',
    IMP_KEY: 'simulator-key',
    IMP_SECRET: 'simulator-secret',
    MERCHANT_API_KEY: apiKey,
    ORDER_TOKEN_SECRET: 'token-secret-of-the-tests',
    ...(hasPersonKeySecret ? { PERSON_KEY_SECRET: 'person-key-secret-of-the-tests' } : {}),
    SHOP_ORIGINS: 'https://shop.example',
    RESULT_PAGES: pages,
    EVENT_URL: eventUrl,
    EVENT_SECRETS: 'whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIgaGVyZSE=',
    PUBLIC_URL: 'https://pay.shop.example',
    ...settings,
  })
  if (!config.ok) throw new TypeError(JSON.stringify(config.failure))
  const store = connect(() => clock.now())
  const start = (): Server =>
    createServer({
      config: config.value,
      store,
      async fetch(request) {
        if (request.url === eventUrl) {
          const event = (await request.json()) as Omit<ReceivedEvent, 'id'>
          events.push({ id: request.headers.get('webhook-id'), type: event.type, data: event.data })
          return new Response(null, { status: 204 })
        }
        calls.push(`${request.method} ${new URL(request.url).pathname}`)
        return interfere(request, async () => simulator.fetch(request))
      },
      now: () => clock.now(),
      random: () => 0,
      // Nothing here waits for a response that does not come.
      sleep: (_ms, signal) =>
        new Promise((resolve, reject) => {
          if (signal === undefined) resolve()
          else signal.addEventListener('abort', () => reject(signal.reason))
        }),
      log: (event, fields) => void lines.push(JSON.stringify({ event, ...fields })),
    })
  let server = start()

  const api: IdentityShop['api'] = async (method, path, body) => {
    const response = await server.app.request(path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return toTestResponse(response)
  }
  const openWindow: IdentityShop['openWindow'] = async (id, channelKey = 'channel-key-danal') => {
    const opened = await simulator.fetch(
      new Request('https://service.iamport.kr/certificates/open', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          userCode: 'imp00000000',
          pageUrl: 'https://shop.example/join',
          params: { merchant_uid: id, channel: { channel_key: channelKey } },
        }),
      }),
    )
    const window = (await opened.json()) as { readonly imp_uid: string; readonly url: string }
    const submit = async (form: Readonly<Record<string, string>>) => {
      await simulator.fetch(
        new Request(`https://service.iamport.kr${window.url}`, {
          method: 'POST',
          body: new URLSearchParams(form),
        }),
      )
    }
    return {
      impUid: window.imp_uid,
      certify: (person = adult) => submit({ ...person, carrier: 'SKT', action: 'certify' }),
      cancel: () => submit({ action: 'cancel' }),
    }
  }

  return {
    clock,
    simulator,
    store,
    restart() {
      server = start()
    },
    request: async (path, init) => server.app.request(path, init),
    lines,
    events,
    calls,
    api,
    openWindow,
    async create(body = {}) {
      const wanted = { customer_id: 'customer/1', purpose: 'sign-up', ...body }
      const created = await api('POST', '/identity-verifications', wanted)
      if (created.status !== 201) throw new TypeError(JSON.stringify(created))
      return String(created.body['id'])
    },
    async certify(id, person, channelKey) {
      const window = await openWindow(id, channelKey)
      await window.certify(person)
      return window.impUid
    },
    async callback(fields) {
      const response = await server.app.request('/payments/complete', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://shop.example' },
        body: JSON.stringify(fields),
      })
      return toTestResponse(response)
    },
    async redirect(fields) {
      const query = new URLSearchParams(fields)
      const response = await server.app.request(`/payments/redirect?${query.toString()}`)
      return (response.headers.get('location') ?? '').replace(`${pages}/`, '')
    },
    read: async (id) => (await api('GET', `/identity-verifications/${id}`)).body,
    async nextMinute() {
      await clock.set(new Date(clock.now().getTime() + 60_000))
      await server.runJobs('* * * * *')
    },
  }
}

async function toTestResponse(response: Response): Promise<TestResponse> {
  const body = (await response.json()) as Readonly<Record<string, unknown>>
  return { status: response.status, body }
}
