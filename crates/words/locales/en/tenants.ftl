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

conflict-similar-tenant = Somebody like this may be known already: { $names }. Look at them first; if it is someone else, say why and enter them.
tenants-similar = Somebody like this is known
tenants-similar-note = If it is one of these, open them. If it is someone else, say why and enter them.
tenants-same-note = A tenant with this register number is known, so it is not entered again.
tenant-anyway-because = Why is it somebody else?
tenant-anyway-hint = For example: another person of the same name
tenant-alike-register-no = register number
tenant-alike-tin = tax number
tenant-alike-phone = telephone
tenant-alike-name = name
# $by: what is alike
tenant-alike = Alike: { $by }
# $name: the tenant's name
tenant-added = “{ $name }” is entered.
tenant-add = Enter
tenant-account = Account
tenant-more-contracts = See all contracts
