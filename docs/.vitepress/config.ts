import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import GithubSlugger from 'github-slugger'
import { type DefaultTheme, defineConfig } from 'vitepress'
import { toSidebar } from './navigation.ts'
import { shareSearchIndex, weighPage } from './search.ts'
import { linkSources, repositoryUrl, toSiteFile } from './source-links.ts'

const documentation = resolve(import.meta.dirname, '..')
/** The list of pages and the decisions are read in the repository. */
const excluded = ['README.md', 'decisions/**', 'node_modules/**']

function isPage(path: string): boolean {
  if (path === 'README.md' || /^(\.\.|decisions)\//.test(path)) return false
  return existsSync(resolve(documentation, path))
}

function isTranslated(path: string): boolean {
  return isPage(`ko/${path.endsWith('/') ? `${path}README` : path}.md`)
}

const slugger = new GithubSlugger()

function toNav(language: 'ko' | 'en'): DefaultTheme.NavItem[] {
  const prefix = language === 'ko' ? '/' : '/en/'
  const [start, frameworks, reference, questions] =
    language === 'ko'
      ? ['시작하기', '프레임워크', 'HTTP API', '자주 묻는 질문']
      : ['Start', 'Frameworks', 'HTTP API', 'Questions']
  return [
    { text: start, link: `${prefix}start` },
    { text: frameworks, link: `${prefix}frameworks/` },
    { text: reference, link: `${prefix}http` },
    { text: questions, link: `${prefix}faq` },
  ]
}

export default defineConfig({
  title: 'Quayside',
  outDir: '../.cache/docs',
  srcExclude: excluded,
  cleanUrls: true,
  vite: { plugins: [shareSearchIndex()] },
  // Folders and pages are named as in the repository, where Korean is the translation; on the site it comes first.
  rewrites: toSiteFile,
  markdown: {
    // The usual ones are too pale on the ground of a code block.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    anchor: {
      // The anchors of the repository's pages, which links name.
      slugify: (text) => {
        slugger.reset()
        return slugger.slug(text)
      },
    },
    config: (markdown) => linkSources(markdown, isPage),
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        miniSearch: { searchOptions: { boostDocument: weighPage } },
        locales: {
          root: {
            translations: {
              button: { buttonText: '검색', buttonAriaLabel: '검색' },
              modal: {
                displayDetails: '자세히 보기',
                resetButtonTitle: '지우기',
                backButtonTitle: '닫기',
                noResultsText: '검색 결과가 없습니다',
                footer: { selectText: '선택', navigateText: '이동', closeText: '닫기' },
              },
            },
          },
        },
      },
    },
    socialLinks: [{ icon: 'github', link: repositoryUrl }],
  },
  locales: {
    root: {
      label: '한국어',
      lang: 'ko-KR',
      description: '아임포트(포트원) V1 결제를 끝까지 책임지는 서버와 라이브러리',
      themeConfig: {
        nav: toNav('ko'),
        sidebar: toSidebar('ko', isTranslated),
        outline: { label: '이 페이지에서', level: [2, 3] },
        docFooter: { prev: '이전', next: '다음' },
        darkModeSwitchLabel: '화면 테마',
        lightModeSwitchTitle: '밝은 테마로 바꾸기',
        darkModeSwitchTitle: '어두운 테마로 바꾸기',
        sidebarMenuLabel: '메뉴',
        returnToTopLabel: '맨 위로',
        langMenuLabel: '언어 바꾸기',
        skipToContentLabel: '본문으로 건너뛰기',
      },
    },
    en: {
      label: 'English',
      lang: 'en',
      description: "The server and libraries that complete payments over i'mport (PortOne) V1",
      themeConfig: {
        nav: toNav('en'),
        sidebar: toSidebar('en', isTranslated),
        outline: { level: [2, 3] },
      },
    },
  },
})
