import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { BenchOrder } from '../order.ts'

// Requests over plain sockets: a client that needs less processor time than what it measures.

/** What one run of completions has shown. */
export interface LoadRun {
  readonly latenciesMs: readonly number[]
  readonly seconds: number
  /** Responses without `success`. */
  readonly unanswered: number
}

interface Reply {
  readonly text: string
  readonly ms: number
}

/** Completes every order once; each connection sends its next request after the previous response. */
export function completeAll(
  url: string,
  orders: readonly BenchOrder[],
  connections: number,
): Promise<LoadRun> {
  const { host } = new URL(url)
  const requests = orders.map(({ imp_uid, merchant_uid }) => {
    const body = JSON.stringify({ imp_uid, merchant_uid })
    const head = `POST /payments/complete HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json`
    return `${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  })
  return sendAll(url, requests, connections, ({ text }) => text.includes('"status":"success"'))
}

/** Reads the record of each order's payment from the provider, one after the other. */
export function readRecords(url: string, orders: readonly BenchOrder[]): Promise<LoadRun> {
  const { host } = new URL(url)
  const requests = orders.map(
    ({ imp_uid }) =>
      `GET /payments/${imp_uid} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: any\r\n\r\n`,
  )
  return sendAll(url, requests, 1, ({ text }) => text.includes('"status":"paid"'))
}

async function sendAll(
  url: string,
  requests: readonly string[],
  connections: number,
  isAnswered: (reply: Reply) => boolean,
): Promise<LoadRun> {
  const { hostname, port } = new URL(url)
  const queue = requests.values()
  const latenciesMs: number[] = []
  let unanswered = 0
  const work = async (socket: Socket) => {
    for (const request of queue) {
      const reply = await send(socket, request)
      latenciesMs.push(reply.ms)
      if (!isAnswered(reply)) unanswered++
    }
  }
  const sockets = Array.from({ length: connections }, () => connect(Number(port), hostname))
  await Promise.all(
    sockets.map((socket) => {
      socket.setNoDelay(true)
      // What goes wrong also closes the connection, which fails the request on it, or the next one.
      socket.on('error', () => undefined)
      return once(socket, 'connect')
    }),
  )
  const at = performance.now()
  await Promise.all(sockets.map(work))
  const seconds = (performance.now() - at) / 1000
  for (const socket of sockets) socket.destroy()
  return { latenciesMs, seconds, unanswered }
}

function send(socket: Socket, request: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    // A server closes a connection on which nothing has come for some seconds, as on a machine that stands still.
    if (socket.destroyed) {
      reject(new Error('The connection was closed between two requests'))
      return
    }
    const at = performance.now()
    let text = ''
    const onData = (data: Buffer) => {
      text += data.toString('latin1')
      if (!isWhole(text)) return
      socket.off('data', onData)
      socket.off('close', onClose)
      resolve({ text, ms: performance.now() - at })
    }
    const onClose = () => reject(new Error(`The connection was closed after "${text}"`))
    socket.on('data', onData)
    socket.on('close', onClose)
    socket.write(request)
  })
}

/** Whether a response ends here, by its length or by its last chunk. */
function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /content-length: *(\d+)/i.exec(text.slice(0, end))?.[1]
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= end + 4 + Number(length)
}
