// Free ports for programs that find each other by them.
import { createServer } from 'node:net'

const tries = 20

/** Finds a port for each: the one that was asked for as it is, else the first free one that is no other's. */
export async function findPorts(wanted) {
  const taken = new Set(wanted.map(({ port }) => port))
  const found = []
  for (const { port, isFixed } of wanted) {
    const chosen = isFixed ? port : await firstFree(port, taken)
    taken.add(chosen)
    found.push(chosen)
  }
  return found
}

async function firstFree(from, taken) {
  for (let port = from; port < from + tries; port++) {
    const isOthers = port !== from && taken.has(port)
    if (!isOthers && (await isFree(port))) return port
  }
  throw new Error(`No port from ${from} to ${from + tries - 1} is free`)
}

/** A program may listen on one address of this machine only, and browsers try both. */
async function isFree(port) {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'))
}

function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer()
    // A machine without IPv6 has nobody on it either.
    server.once('error', ({ code }) => resolve(code !== 'EADDRINUSE'))
    server.listen({ port, host }, () => server.close(() => resolve(true)))
  })
}
