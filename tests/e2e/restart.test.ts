import { expect, it } from 'vitest'
import { checkOut, expectTitle, pressInWindow, reachResult } from './checkout.ts'
import { setUpNpmStart } from './npm-start.ts'

const { addresses, onDesktop, control, merchantApi, restart } = setUpNpmStart()

it('a payment and an account from before a restart of npm start can be refunded and paid after it', async () => {
  const card = await onDesktop()
  await checkOut(card, addresses().shop)
  await pressInWindow(card, 'pay')
  await reachResult(card)
  await expectTitle(card, 'Payment complete')
  const paidOrder = new URL(card.url()).searchParams.get('order') ?? ''

  const transfer = await onDesktop()
  await checkOut(transfer, addresses().shop, { method: 'vbank' })
  await pressInWindow(transfer, 'pay')
  await reachResult(transfer)
  await expectTitle(transfer, 'Waiting for your transfer')
  await control('POST', '/clock', { advance_ms: 3_600_000 })
  const { ahead_ms: ahead } = await control('GET', '/clock')

  await restart()

  expect((await control('GET', '/clock'))['ahead_ms']).toBe(ahead)
  const refunded = await merchantApi('POST', `/orders/${paidOrder}/cancel`, {})
  expect(refunded['status']).toBe('cancelled')
  await card.reload()
  await expectTitle(card, 'The payment was cancelled')

  const { payments } = await control('GET', '/state')
  const waiting = Array.isArray(payments) ? payments.find(({ status }) => status === 'ready') : null
  await control('POST', `/payments/${waiting.imp_uid}/deposit`)
  await expectTitle(transfer, 'Payment complete')

  await restart(['--fresh'])
  expect((await control('GET', '/state'))['payments']).toEqual([])
  await expect(merchantApi('GET', `/orders/${paidOrder}`)).rejects.toThrow('404')
  await card.reload()
  await expectTitle(card, 'Order not found')
})
