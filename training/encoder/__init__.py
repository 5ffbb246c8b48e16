"""The semantic encoder: MiniLM fine-tuned on the ways to say a code."""
