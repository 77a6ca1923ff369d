'use client'

import { Toaster as Sonner } from 'sonner'

/** Where short messages appear: low in the middle, above the thumb's button on phones. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      offset={{ bottom: 24 }}
      mobileOffset={{ bottom: 88, left: 16, right: 16 }}
      visibleToasts={3}
      containerAriaLabel="Messages"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full font-sans! min-h-12 items-center gap-3 rounded-float bg-ink py-1.5 pr-1.5 pl-4 text-paper shadow-float outline-offset-2 focus-visible:outline-2! focus-visible:outline-focus!',
          content: 'min-w-0 flex-1',
          title: 'text-body [overflow-wrap:anywhere]',
          actionButton:
            'h-9 shrink-0 rounded-control px-3 font-medium text-body text-paper underline decoration-1 underline-offset-4 outline-offset-[-4px] focus-visible:outline-paper pointer-coarse:h-11',
        },
      }}
    />
  )
}
