// Child processes that end with their parent: each leads a group of its own, so that what it starts
// (workerd under wrangler) is stopped with it.
import { spawn } from 'node:child_process'

const running = new Set()
let closing = false

/** `{ port: '80' }` as a program takes it: `--port 80`. */
export const toFlags = (options) =>
  Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])

/** Starts a Node program; while everything is being stopped, nothing new starts any more. */
export function start(args, { env = {}, stdio = ['ignore', 'ignore', 'inherit'] } = {}) {
  if (closing) throw new Error('Cannot start a program: all of them are being stopped')
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio,
    detached: process.platform !== 'win32',
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** The exit code of a child. */
export function exitOf(child) {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
}

/** Stops every child and resolves when all are gone. */
export async function stopAll() {
  closing = true
  const exits = [...running].map(exitOf)
  for (const child of running) signal(child, 'SIGTERM')
  const late = setTimeout(() => running.forEach((child) => signal(child, 'SIGKILL')), 5000)
  await Promise.all(exits)
  clearTimeout(late)
}

function signal(child, name) {
  try {
    if (process.platform === 'win32') child.kill(name)
    else process.kill(-child.pid, name)
  } catch (error) {
    // It ended by itself a moment ago.
    if (error.code !== 'ESRCH') throw error
  }
}
