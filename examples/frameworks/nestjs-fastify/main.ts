import 'reflect-metadata'
import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { fastifyPlugin } from '@quayside/node'
import { payments } from '../payments.ts'

@Controller()
class ShopController {
  @Get()
  home() {
    return 'the shop'
  }
}

@Module({ controllers: [ShopController] })
class AppModule {}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
  logger: ['error', 'warn'],
})
await app.register(fastifyPlugin(payments))
await app.register(fastifyPlugin(payments), { prefix: '/api' })
await app.listen(Number(process.env.PORT))
