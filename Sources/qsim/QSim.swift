import ArgumentParser
import QSimCommands

@main enum Main {
  static func main() { QSim.main() }
}
