import 'reflect-metadata'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { All, Controller, Get, Module, Req, Res } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { nodeHandler } from '@quayside/node'
import { payments } from '../payments.ts'

const handle = nodeHandler(payments)

// A controller stands behind Nest's body parsers, and works too.
@Controller('api/payments')
class PaymentsController {
  @All('*route')
  complete(@Req() request: IncomingMessage, @Res() response: ServerResponse) {
    return handle(request, response)
  }
}

@Controller()
class ShopController {
  @Get()
  home() {
    return 'the shop'
  }
}

@Module({ controllers: [PaymentsController, ShopController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] })
app.use(handle)
await app.listen(Number(process.env.PORT))
