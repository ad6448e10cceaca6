import type { Plugin } from 'vite'

const index = '@localSearchIndex'

/**
 * Gives both languages the one index that VitePress makes here: it takes the language of a page from the path of its
 * file, where the site has Korean first and the repository English.
 */
export function shareSearchIndex(): Plugin {
  let isShared = false
  return {
    name: 'share-search-index',
    // The pages are made without a search.
    apply: (_config, { command, isSsrBuild }) => command === 'serve' || isSsrBuild !== true,
    transform: (_code, id) => {
      if (id !== `/${index}`) return null
      isShared = true
      return `const load = () => import('${index}root'); export default { root: load, en: load }`
    },
    generateBundle() {
      if (!isShared) this.error(`There is no ${index}: the search in English would find nothing.`)
    },
  }
}

/**
 * How much a page counts in a search: an English reader finds English pages only, a Korean one also what is written in
 * English only, below what is written in Korean. It runs in the browser, as it is written here.
 */
export function weighPage(id: unknown): number {
  const isEnglish = String(id).startsWith('/en/')
  if (location.pathname.startsWith('/en/')) return isEnglish ? 1 : 0
  return isEnglish ? 0.1 : 1
}
