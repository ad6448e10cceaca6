import type { Mode } from '@quayside/core'
import { isAllowedOrigin, isAllowedPage } from '@quayside/hono'
import { list, text } from './setting.ts'

// The settings that are addresses.

export const address = (protocol: RegExp) => text((each) => isPlainUrl(each, protocol))

export const ownAddress = (protocol: RegExp) => (each: string) =>
  text((plain) => isOwnAddress(plain, protocol))(withoutSlash(each))

export const origins = (mode: Mode) => list((each) => isAllowedOrigin(each, mode))

export const pages = (mode: Mode) => text((each) => isAllowedPage(each, mode) && !/[?#]/.test(each))

export function isPlainUrl(text: string, protocol: RegExp): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !protocol.test(url.protocol) || /\s/.test(text)) return false
  return url.search === '' && url.hash === '' && url.username === '' && url.password === ''
}

/** A path has plain characters only: the address is a part of commands that are shown to be copied. */
function isOwnAddress(text: string, protocol: RegExp): boolean {
  if (!isPlainUrl(text, protocol)) return false
  const { origin, pathname } = new URL(text)
  return /^[\w.~/-]+$/.test(pathname) && withoutSlash(`${origin}${pathname}`) === text
}

export function withoutSlash(text: string): string {
  return text.replace(/\/+$/, '')
}
