import type { Text } from '../../terminal/language.ts'

const randomKey = 'openssl rand -base64 32'

/** What to put into each setting that the server requires or reads. */
const advice: Readonly<Record<string, Text>> = {
  MODE: {
    en: '`live` for real payments, `test` for test channels and the simulator',
    ko: '실결제는 `live`, 테스트 채널이나 시뮬레이터는 `test`로 설정하세요',
  },
  IMP_KEY: {
    en: 'the V1 REST API key: PortOne console > 결제 연동 > 식별코드 · API Keys. The key `imp_apikey` of the guide is refused in live mode',
    ko: '포트원 관리자 콘솔 > 결제 연동 > 식별코드 · API Keys의 V1 REST API Key를 입력하세요. 가이드에 적힌 `imp_apikey`는 live 모드에서 쓸 수 없습니다',
  },
  IMP_SECRET: {
    en: 'the V1 REST API secret, shown beside the key; not an API secret of V2',
    ko: '같은 화면의 V1 REST API Secret을 입력하세요. V2 API Secret이 아닙니다',
  },
  MERCHANT_API_KEY: {
    en: `16 or more characters without a space, two keys separated by a comma while one is replaced: ${randomKey}`,
    ko: `공백 없이 16자 이상으로 설정하세요. 교체 중에는 쉼표로 구분해 두 개까지 쓸 수 있습니다: ${randomKey}`,
  },
  ORDER_TOKEN_SECRET: {
    en: `16 or more characters without a space, and not MERCHANT_API_KEY: ${randomKey}`,
    ko: `공백 없이 16자 이상, MERCHANT_API_KEY와 다른 값으로 설정하세요: ${randomKey}`,
  },
  ORDER_TOKEN_DAYS: {
    en: 'a whole number of days, 1 to 999, or leave it out for 30',
    ko: '1~999 사이의 일수로 설정하거나, 생략하면 30일입니다',
  },
  SHOP_ORIGINS: {
    en: 'the origins of the pages that pay, separated by commas and without a path: https://shop.example',
    ko: '결제 페이지의 오리진을 경로 없이 쉼표로 구분해 설정하세요: https://shop.example',
  },
  RESULT_PAGES: {
    en: 'the address below which /success, /vbank, /failed, /cancelled and /pending are: https://shop.example/result',
    ko: '/success, /vbank, /failed, /cancelled, /pending 페이지의 상위 주소를 설정하세요: https://shop.example/result',
  },
  EVENT_URL: {
    en: "the address at which the shop's server receives events, https in live mode: https://shop.example/events",
    ko: '상점 서버가 이벤트를 수신할 주소를 설정하세요. live 모드에서는 https만 사용할 수 있습니다(예: https://shop.example/events)',
  },
  EVENT_SECRETS: {
    en: 'whsec_ and 24 to 64 random bytes in base64, up to five separated by commas: echo "whsec_$(openssl rand -base64 32)"',
    ko: 'whsec_ 뒤에 24~64바이트 난수를 base64로 인코딩한 값을 붙여 설정하세요. 쉼표로 구분해 다섯 개까지 쓸 수 있습니다: echo "whsec_$(openssl rand -base64 32)"',
  },
  PUBLIC_URL: {
    en: 'set PUBLIC_URL to the address at which buyers and PortOne reach this server, with the path where it is mounted, https in live mode: https://pay.shop.example; a local test needs none',
    ko: 'PUBLIC_URL에 구매자와 포트원이 이 서버에 접속하는 주소를 설정하세요. 하위 경로에 마운트했다면 그 경로까지 포함합니다. live 모드에서는 https만 사용할 수 있습니다(예: https://pay.shop.example). 로컬 테스트에서는 없어도 됩니다',
  },
  USER_CODE: {
    en: 'the merchant code of the console, imp and digits, for payment links; or leave it out',
    ko: '결제 링크를 사용한다면 관리자 콘솔의 고객사 식별코드(imp로 시작)를 설정하세요. 사용하지 않으면 생략합니다',
  },
  PROVIDER_URL: {
    en: 'leave it out; only in test mode it may be the address of a simulator',
    ko: '설정하지 마세요. test 모드에서 시뮬레이터를 사용할 때만 그 주소를 설정합니다',
  },
  VBANK_GRACE_HOURS: {
    en: 'whole hours, 0 to 999, or leave it out for 3',
    ko: '0~999 사이의 시간으로 설정하거나, 생략하면 3시간입니다',
  },
  CONFIRM_URL: {
    en: "the address at which the shop's server decides about a payment before it is approved, https in live mode: https://shop.example/confirm; or leave it out",
    ko: '승인 전에 결제를 허용할지 응답하는 상점 서버의 주소를 설정하거나 생략하세요. live 모드에서는 https만 사용할 수 있습니다(예: https://shop.example/confirm)',
  },
  RETENTION_DAYS: {
    en: 'whole days, 30 to 9999, or leave it out for 90',
    ko: '30~9999 사이의 일수로 설정하거나, 생략하면 90일입니다',
  },
  PERSON_KEY_SECRET: {
    en: `one secret of 16 or more characters without a space that serves for nothing else; it never changes: ${randomKey}`,
    ko: `다른 용도로 쓰지 않는 16자 이상의 공백 없는 값 하나로 설정하세요. 한번 정하면 바꾸지 않습니다: ${randomKey}`,
  },
}

/** Says what to put into a setting. */
export function adviseOn(name: string): Text {
  return (
    advice[name] ?? {
      en: 'see the settings in the README',
      ko: 'README의 설정 표를 참고하세요',
    }
  )
}
