"""What every measure needs: figures, samples, made-up stores, and a slower machine to run on."""
