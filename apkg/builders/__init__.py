"""Images: build contexts made with repo2docker, and the engines that build them."""
