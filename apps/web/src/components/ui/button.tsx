import type { ComponentProps } from 'react'

type Look = 'primary' | 'quiet' | 'danger' | 'plain'
type Size = 'regular' | 'small'

const looks: Record<Look, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong active:bg-accent-strong',
  quiet: 'border border-line-control text-ink hover:bg-paper-sunk active:bg-paper-sunk',
  danger: 'bg-danger text-danger-ink hover:bg-danger-strong active:bg-danger-strong',
  plain: 'text-ink hover:bg-paper-sunk active:bg-paper-sunk',
}

const sizes: Record<Size, string> = {
  regular: 'h-10 px-4 pointer-coarse:h-12',
  small: 'h-9 px-3 pointer-coarse:h-11',
}

/** The class of a button, for links that look like one. */
export function buttonClass(look: Look = 'primary', size: Size = 'regular'): string {
  return `inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-control font-medium text-body aria-disabled:opacity-60 ${looks[look]} ${sizes[size]}`
}

/** A button with a word on it. It submits nothing unless its `type` says so. */
export function Button({
  look = 'primary',
  size = 'regular',
  type = 'button',
  ...rest
}: Omit<ComponentProps<'button'>, 'className'> & { look?: Look; size?: Size }) {
  return <button {...rest} type={type} className={buttonClass(look, size)} />
}
