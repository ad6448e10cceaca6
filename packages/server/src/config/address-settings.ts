import type { Mode } from '@quayside/core'
import { isAllowedOrigin, isAllowedPage } from '@quayside/hono'
import * as z from 'zod/mini'
import { toList } from './lists.ts'

// The settings that are addresses.

export const address = (protocol: RegExp) =>
  z.string().check(z.refine((text) => isPlainUrl(text, protocol)))
export const ownAddress = (protocol: RegExp) =>
  z.optional(
    z.pipe(
      z.pipe(z.string(), z.transform(withoutSlash)),
      z.string().check(z.refine((text) => isOwnAddress(text, protocol))),
    ),
  )
export const origins = (mode: Mode) =>
  z.pipe(
    z.pipe(z.string(), z.transform(toList)),
    z.array(z.string().check(z.refine((text) => isAllowedOrigin(text, mode)))),
  )
export const pages = (mode: Mode) =>
  z.string().check(z.refine((text) => isAllowedPage(text, mode) && !/[?#]/.test(text)))

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
