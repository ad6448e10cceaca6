import type { Reply } from '../environment/network.ts'

/** A success; `json` is what was asked for. */
export function succeed(json: string, status = 200): Reply {
  return { status, text: `{"code":0,"message":null,"response":${json}}` }
}

/** A refusal in the provider's own words. */
export function refuse(message: string, status = 200): Reply {
  const code = status === 200 ? 1 : -1
  return { status, text: JSON.stringify({ code, message, response: null }) }
}

export function notFound(): Reply {
  return refuse('존재하지 않는 결제정보입니다.', 404)
}

export function serverError(): Reply {
  return { status: 502, text: '<html>502 Bad Gateway</html>' }
}
