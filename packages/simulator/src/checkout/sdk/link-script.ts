// Runs on the page of a payment link: a shop's page like any other, with one button per pay method.

/** The page of a payment link, on which the browser script has run. */
export interface LinkWindow extends Window {
  readonly IMP: {
    init(userCode: string): void
    request_pay(params: unknown, callback: (response: PaymentResult) => void): void
  }
}

interface PaymentResult {
  readonly success?: boolean
  readonly error_code?: string
  readonly error_msg?: string
}

/** Makes the buttons open the payment window. */
export function installLinkScript(page: LinkWindow): void {
  const main = page.document.querySelector('main')
  if (main?.dataset.userCode === undefined) return
  page.IMP.init(main.dataset.userCode)
  for (const button of page.document.querySelectorAll<HTMLButtonElement>('[data-request]')) {
    button.addEventListener('click', () =>
      payByLink(page, JSON.parse(button.dataset.request ?? '')),
    )
  }
}

function payByLink(page: LinkWindow, request: Record<string, unknown>): void {
  const m_redirect_url = `${page.location.origin}${page.location.pathname}`
  page.IMP.request_pay({ ...request, m_redirect_url }, (response) => {
    const { success, error_code, error_msg } = response
    const failed = success === false || error_code !== undefined
    const alert = page.document.querySelector('[role="alert"]')
    if (failed && alert !== null) alert.textContent = error_msg ?? ''
    else page.location.replace(m_redirect_url)
  })
}
