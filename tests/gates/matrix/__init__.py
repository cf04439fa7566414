"""The permission matrix: addresses and people crossed, asked in this process, judged by the policy's data, reported."""
