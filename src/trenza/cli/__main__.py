from trenza.cli import main

main()
