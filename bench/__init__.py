"""What Trenza can do on this machine, as ratios to a limit or a peer measured in the same run.

`make bench` measures every figure, `make bench ONLY=name` one. Results stand in bench/results/<name>.json.
"""
