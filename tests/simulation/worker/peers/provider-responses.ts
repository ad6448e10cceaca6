import type { Prng } from '../../engine/prng.ts'
import { settings } from '../settings.ts'

export function succeed(response: unknown): Response {
  return Response.json({ code: 0, message: null, response })
}

export function refuse(message: string): Response {
  return Response.json({ code: 1, message, response: null })
}

export function notFound(): Response {
  const message = '존재하지 않는 결제정보입니다.'
  return Response.json({ code: 1, message, response: null }, { status: 404 })
}

/** The ways in which a response can be unusable. `isDone`: the operation took place all the same. */
export function createFaultyResponse(prng: Prng, isDone: boolean): Promise<Response> {
  const html = '<html>502 Bad Gateway</html>'
  switch (prng.below(isDone ? 5 : 7)) {
    case 1:
      return Promise.resolve(new Response(html, { status: 502 }))
    case 2:
      return Promise.resolve(Response.json({ code: 0, message: null, response: null }))
    case 3:
      return Promise.resolve(new Response('{"code":0,"message":null,"resp'))
    case 4:
      return Promise.resolve(
        // A provider that quotes a credential: it must go no further.
        Response.json({ code: -1, message: `no ${settings['IMP_SECRET']}` }, { status: 500 }),
      )
    case 5:
      return Promise.resolve(
        Response.json({ code: -1, message: 'Unauthorized', response: null }, { status: 401 }),
      )
    case 6:
      return Promise.resolve(
        Response.json({ code: -1, message: 'slow down', response: null }, { status: 429 }),
      )
    default:
      return Promise.reject(new TypeError('fetch failed'))
  }
}

/** The ways in which a merchant's server can fail to accept an event, or to acknowledge it. */
export function createRefusal(prng: Prng): Promise<Response> {
  const status = [500, 503, 404, 301][prng.below(5)]
  return status === undefined
    ? Promise.reject(new TypeError('fetch failed'))
    : Promise.resolve(new Response(null, { status }))
}
