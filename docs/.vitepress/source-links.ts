import { existsSync, statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

/** Where the source of the project is read. */
export const repositoryUrl = 'https://github.com/quayside-js/quayside'

const repository = resolve(import.meta.dirname, '../..')
const documentation = resolve(import.meta.dirname, '..')

/**
 * Makes links that work between the files of the repository work on the site: one to a file that is no page leads to
 * that file in the repository, and a folder's README is its page.
 */
export function linkSources(markdown: MarkdownRenderer, isPage: (path: string) => boolean): void {
  const before = markdown.renderer.rules.link_open
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index]
    const href = token?.attrGet('href')
    if (token && href && !/^([a-z]+:|#|\/)/.test(href)) {
      token.attrSet('href', toSiteLink(href, documentation, env, isPage))
    }
    return before
      ? before(tokens, index, options, env, self)
      : self.renderToken(tokens, index, options)
  }
}

function toSiteLink(
  href: string,
  root: string,
  env: { readonly realPath?: string; readonly path: string },
  isPage: (path: string) => boolean,
): string {
  const [path = '', fragment] = href.split('#')
  const target = resolve(dirname(env.realPath ?? env.path), decodeURI(path))
  const file = relative(root, target)
  const hash = fragment === undefined ? '' : `#${fragment}`
  for (const page of [file, `${file}/README.md`]) {
    if (page.endsWith('.md') && isPage(page)) return toAddress(page) + hash
  }
  const isFolder = existsSync(target) && statSync(target).isDirectory()
  return `${repositoryUrl}/${isFolder ? 'tree' : 'blob'}/main/${relative(repository, target)}${hash}`
}

/** Returns the file that a page has on the site, where Korean comes first. */
export function toSiteFile(page: string): string {
  const file = page.replace(/(^|\/)README\.md$/, '$1index.md')
  return file.startsWith('ko/') ? file.slice('ko/'.length) : `en/${file}`
}

function toAddress(page: string): string {
  return `/${toSiteFile(page)
    .replace(/(^|\/)index\.md$/, '$1')
    .replace(/\.md$/, '')}`
}
