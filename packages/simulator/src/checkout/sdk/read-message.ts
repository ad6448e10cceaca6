import type { Fields } from './sdk-state.ts'

/** One message between the shop's page and the provider's frames. */
export interface FrameMessage {
  readonly action: string
  readonly data: Fields
}

/** Reads a message; null for what browser extensions and other scripts post to every window. */
export function readMessage({ data }: MessageEvent): FrameMessage | null {
  const message = typeof data === 'string' ? parseObject(data) : null
  if (message === null || typeof message.action !== 'string') return null
  return { action: message.action, data: isObject(message.data) ? message.data : {} }
}

function parseObject(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
