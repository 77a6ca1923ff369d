export default function LandingPage() {
  return <h1>Tend</h1>
}
