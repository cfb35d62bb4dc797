"""What-if: scenarios, their effects, and the proposals they become."""
