import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import HttpReference from './HttpReference.vue'
import './style.css'

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => {
    app.component('HttpReference', HttpReference)
  },
} satisfies Theme
