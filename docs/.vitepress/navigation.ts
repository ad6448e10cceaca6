import type { DefaultTheme } from 'vitepress'

/** A part of the documentation, with its title in both languages. */
interface Section {
  readonly ko: string
  readonly en: string
  /** The pages by their paths, with the titles of both languages. */
  readonly pages: readonly (readonly [path: string, ko: string, en: string])[]
}

/** Every page of the documentation in the order in which a shop developer needs them. */
export const sections: readonly Section[] = [
  {
    ko: '시작하기',
    en: 'Get started',
    pages: [
      ['start', '10분 만에 시작하기', 'Start in ten minutes'],
      ['guide', '가이드 1~6단계와 함께', "The guide's steps 1 to 6"],
      ['frameworks/', '프레임워크별 연동', 'Frameworks'],
      ['browser', '브라우저 SDK', 'The page'],
      ['apps/', '앱과 웹뷰', 'Apps'],
    ],
  },
  {
    ko: '결제 완료 처리',
    en: 'Complete a payment',
    pages: [
      ['channels', '결과를 받는 세 가지 경로', 'The three channels'],
      ['flow', '결제 완료 흐름', 'How a payment is completed'],
      ['confirm', '결제 승인 전 확인', 'Before approval'],
      ['virtual-accounts', '가상계좌', 'Virtual accounts'],
      ['refunds', '취소와 환불', 'Refunds'],
      ['events', '이벤트 받기', 'Events'],
    ],
  },
  {
    ko: '주문과 정기결제',
    en: 'Orders and renewals',
    pages: [
      ['orders', '주문 옵션과 조회', 'Orders'],
      ['payment-links', '결제 링크', 'Payment links'],
      ['billing-keys', '빌링키', 'Billing keys'],
      ['subscriptions', '정기결제', 'Subscriptions'],
      ['identity-verification', '본인인증', 'Identity verification'],
      ['accounts', '여러 계정과 하위 상점', 'Accounts and tiers'],
      ['rules', 'PG별 요청 규칙', 'Rules of each PG'],
      ['codes', '코드표', 'Codes'],
    ],
  },
  {
    ko: '테스트와 운영',
    en: 'Test and operate',
    pages: [
      ['testing', '테스트', 'Testing'],
      ['security', '보안', 'Security'],
      ['deploy', '배포', 'Deploy'],
      ['operations', '운영', 'Operate'],
      ['operations/metrics', '지표와 로그', 'Metrics'],
      ['scale', '규모', 'Scale'],
      ['performance', '성능', 'Performance'],
    ],
  },
  {
    ko: '이전하기',
    en: 'Migrate',
    pages: [
      ['migrate/', '어떤 라이브러리에서 오시나요', 'From another library'],
      ['migrate/iamport', 'iamport', 'iamport'],
      ['migrate/iamporter', 'iamporter', 'iamporter'],
      [
        'migrate/iamport-rest-client-nodejs',
        'iamport-rest-client-nodejs',
        'iamport-rest-client-nodejs',
      ],
      ['migrate/php', 'PHP', 'PHP'],
      ['migrate/python', 'Python', 'Python'],
      ['migrate/java', 'Java', 'Java'],
    ],
  },
  {
    ko: '참고',
    en: 'Reference',
    pages: [
      ['http', 'HTTP API', 'HTTP API'],
      ['reference/', 'V1 REST 클라이언트', 'V1 REST client'],
      ['packages', '패키지', 'Packages'],
      ['api/', '패키지 API', 'API of the packages'],
      ['recipes/', '예제', 'Recipes'],
      ['failures', '오류 코드', 'Failures'],
      ['glossary', '용어', 'Glossary'],
      ['faq', '자주 묻는 질문', 'Questions'],
    ],
  },
]

/**
 * Returns the navigation beside the pages of a language. What is written in English only, as the reference of the client,
 * is linked from both.
 */
export function toSidebar(
  language: 'ko' | 'en',
  isTranslated: (path: string) => boolean,
): DefaultTheme.SidebarItem[] {
  const isKorean = language === 'ko'
  return sections.map((section) => ({
    text: section[language],
    items: section.pages.map(([path, ko, en]) => ({
      text: isKorean ? ko : en,
      link: `${isKorean && isTranslated(path) ? '/' : '/en/'}${path}`,
    })),
  }))
}
