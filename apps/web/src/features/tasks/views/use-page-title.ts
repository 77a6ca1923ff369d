import { useLayoutEffect } from 'react'

/**
 * Sets the title of the page and keeps it. Next.js takes the title that the server sent to be the page's own when it
 * comes to that part of the page, which may be after the person has opened another view.
 */
export function usePageTitle(title: string): void {
  // Not a plain effect: its end would come too late to leave the next page its title.
  useLayoutEffect(() => {
    const keepTitle = () => {
      // Not `document.title`, which has white space put together and would never be equal to some titles.
      if (document.querySelector('head > title')?.textContent !== title) document.title = title
    }
    keepTitle()
    const observer = new MutationObserver(keepTitle)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [title])
}
