/** Goes to the sign-in form, which leads back to this page. Whatever is typed has been kept by its own form. */
export function leaveForLogin(): void {
  const here = encodeURIComponent(window.location.pathname + window.location.search)
  window.location.assign(`/login?next=${here.replaceAll('%2F', '/')}&ended=1`)
}
