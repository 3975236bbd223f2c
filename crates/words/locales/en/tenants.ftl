# The list of tenants, one tenant.

menu-tenants = Tenants
tenant-new = New tenant
tenants-all = All tenants
tenant-about = About
tenant-open = Owes
tenant-tin = Tax number
tenant-director = Director
tenant-second-phone = Second phone
tenant-no-contracts = There is no contract.
