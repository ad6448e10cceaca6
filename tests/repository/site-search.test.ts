import { afterEach, describe, expect, it, vi } from 'vitest'
import { weighPage } from '../../docs/.vitepress/search.ts'

afterEach(() => void vi.unstubAllGlobals())

/** The pages of one search, as a reader at this address sees them. */
function found(pathname: string): readonly string[] {
  vi.stubGlobal('location', { pathname })
  const pages = ['/en/start', '/en/reference/vbanks', '/start']
  return pages.filter((page) => weighPage(page) > 0).toSorted((a, b) => weighPage(b) - weighPage(a))
}

describe('a search on the site', () => {
  it('shows an English reader English pages only', () => {
    expect(found('/en/guide')).toEqual(['/en/start', '/en/reference/vbanks'])
  })

  it('shows a Korean reader Korean pages first, then what is written in English', () => {
    expect(found('/guide')).toEqual(['/start', '/en/start', '/en/reference/vbanks'])
  })
})
